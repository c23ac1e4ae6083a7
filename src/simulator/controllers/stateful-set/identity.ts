// What makes the Pod of a StatefulSet this one and no other: its ordinal, its name, its claims. Pure.

import type { PodTemplateSpec } from '../../../pod/json.ts'
import type { PersistentVolumeClaim } from '../../kinds/persistent-volume-claim.ts'
import type { Pod } from '../../kinds/pod/pod.ts'
import type { StatefulSet } from '../../kinds/stateful-set.ts'
import type { PodShape } from '../pod-control.ts'

export const REVISION = 'controller-revision-hash'
const POD_NAME = 'statefulset.kubernetes.io/pod-name'
const POD_INDEX = 'apps.kubernetes.io/pod-index'

export function podNameOf({ metadata }: StatefulSet, ordinal: number): string {
  return `${metadata.name}-${ordinal}`
}

/** The ordinal of a Pod of the set; undefined when it is none. Source: stateful_set_utils.go:getOrdinal, isMemberOf. */
export function ordinalOf({ metadata }: StatefulSet, pod: Pod): number | undefined {
  const match = /^(.*)-(\d+)$/.exec(pod.metadata.name ?? '')
  return match?.[1] === metadata.name ? Number(match?.[2]) : undefined
}

/** Source: stateful_set_utils.go:newStatefulSetPod, initIdentity, updateStorage. */
export function statefulPodShape(
  set: StatefulSet,
  template: PodTemplateSpec,
  ordinal: number,
  revision: string,
): PodShape {
  const name = podNameOf(set, ordinal)
  const spec = template.spec ?? { containers: [] }
  const claims = (set.spec?.volumeClaimTemplates ?? []).map(({ metadata = {} }) => ({
    name: metadata.name ?? '',
    persistentVolumeClaim: { claimName: `${metadata.name}-${name}`, readOnly: false },
  }))
  const others = (spec.volumes ?? []).filter((volume) => !claims.some((claim) => claim.name === volume.name))
  const volumes = [...claims, ...others]
  return {
    name,
    generateName: `${set.metadata.name}-`,
    labels: { [POD_INDEX]: String(ordinal), [REVISION]: revision, [POD_NAME]: name },
    spec: {
      ...spec,
      hostname: name,
      ...(set.spec?.serviceName && { subdomain: set.spec.serviceName }),
      ...(volumes.length > 0 && { volumes }),
    },
  }
}

/** The claims of the Pod with that ordinal. Source: stateful_set_utils.go:getPersistentVolumeClaims. */
export function claimsOf(set: StatefulSet, ordinal: number): readonly PersistentVolumeClaim[] {
  return (set.spec?.volumeClaimTemplates ?? []).map((template) => {
    const { name, labels, annotations } = template.metadata ?? {}
    const { namespace } = set.metadata
    return {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: {
        name: `${name}-${podNameOf(set, ordinal)}`,
        ...(namespace && { namespace }),
        labels: { ...labels, ...set.spec?.selector.matchLabels },
        ...(annotations && { annotations }),
      },
      ...(template.spec && { spec: template.spec }),
    }
  })
}
