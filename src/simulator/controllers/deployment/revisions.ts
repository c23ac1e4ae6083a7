// The revisions of a Deployment: which ReplicaSet is its present template, and how a new one is made.

import type { PodTemplateSpec } from '../../../pod/json.ts'
import type { Deployment } from '../../kinds/deployment.ts'
import { deployment as deploymentKind } from '../../kinds/deployment.ts'
import type { ReplicaSet } from '../../kinds/replica-set.ts'
import { isEqual } from '../../store/equality.ts'
import { controllerReference } from '../owned-pods.ts'
import { templateHash } from '../template-hash.ts'
import { boundsOf, compareAge, replicasOf } from './sizes.ts'

export const REVISION = 'deployment.kubernetes.io/revision'
const HISTORY = 'deployment.kubernetes.io/revision-history'
const DESIRED = 'deployment.kubernetes.io/desired-replicas'
const MAX = 'deployment.kubernetes.io/max-replicas'
const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration'
const HASH_LABEL = 'pod-template-hash'
/** Annotations that belong to one of the two and are not copied from the Deployment. */
const OWN = new Set([REVISION, HISTORY, DESIRED, MAX, LAST_APPLIED, 'deprecated.deployment.rollback.to'])

type Annotations = Readonly<Record<string, string>>

/** The oldest ReplicaSet with the Deployment's template. Source: deployment_util.go:FindNewReplicaSet. */
export function findNewSet({ spec }: Deployment, sets: readonly ReplicaSet[]): ReplicaSet | undefined {
  return sets
    .toSorted(compareAge)
    .find((set) => isEqual(withoutHash(set.spec?.template), withoutHash(spec?.template)))
}

export function revisionOf({ metadata }: Deployment | ReplicaSet): number {
  return Number(metadata.annotations?.[REVISION] ?? 0)
}

export function maxRevision(sets: readonly ReplicaSet[]): number {
  return Math.max(0, ...sets.map(revisionOf))
}

/** The ReplicaSet of a template that has none yet. Source: sync.go:getNewReplicaSet. */
export function newSetOf(deployment: Deployment, revision: number, replicas: number): ReplicaSet {
  const { name, namespace } = deployment.metadata
  const { template, selector, minReadySeconds } = deployment.spec ?? {}
  const hash = templateHash(template ?? {}, deployment.status?.collisionCount)
  const labels = { ...template?.metadata?.labels, [HASH_LABEL]: hash }
  return {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: {
      name: `${name}-${hash}`,
      ...(namespace && { namespace }),
      labels,
      annotations: {
        ...copied(deployment),
        ...sizesWanted(deployment),
        [REVISION]: String(revision),
      },
      ownerReferences: [controllerReference(deploymentKind, deployment)],
    },
    spec: {
      ...(minReadySeconds !== undefined && { minReadySeconds }),
      replicas,
      selector: { ...selector, matchLabels: { ...selector?.matchLabels, [HASH_LABEL]: hash } },
      template: { ...template, metadata: { ...template?.metadata, labels } },
    },
  }
}

/** The annotations of a ReplicaSet that is (again) the present one. Source: deployment_util.go:SetNewReplicaSetAnnotations. */
export function presentAnnotations(deployment: Deployment, set: ReplicaSet, revision: number): Annotations {
  const old = set.metadata.annotations ?? {}
  const before = old[REVISION]
  const isRaised = Number(before ?? 0) < revision
  const history = [old[HISTORY], before].filter(Boolean).join(',')
  return {
    ...old,
    ...copied(deployment),
    ...(isRaised && { [REVISION]: String(revision) }),
    ...(isRaised && before && { [HISTORY]: history }),
  }
}

/** What a ReplicaSet is told of the Deployment's size, so that a later change of it can be seen. */
export function sizesWanted(deployment: Deployment): Annotations {
  const wished = replicasOf(deployment)
  return { [DESIRED]: String(wished), [MAX]: String(wished + boundsOf(deployment).maxSurge) }
}

/** Whether the Deployment's size was changed since the ReplicaSet was last scaled. Source: sync.go:isScalingEvent. */
export function wasResized(deployment: Deployment, set: ReplicaSet): boolean {
  const desired = set.metadata.annotations?.[DESIRED]
  return desired !== undefined && Number(desired) !== replicasOf(deployment)
}

function copied({ metadata }: Deployment): Annotations {
  return Object.fromEntries(Object.entries(metadata.annotations ?? {}).filter(([name]) => !OWN.has(name)))
}

function withoutHash(template: PodTemplateSpec | undefined): unknown {
  const { [HASH_LABEL]: _, ...labels } = template?.metadata?.labels ?? {}
  return { ...template, metadata: { ...template?.metadata, labels } }
}
