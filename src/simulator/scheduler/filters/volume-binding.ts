// A Pod waits for the PersistentVolumeClaims it names, and runs where their volumes can be reached.

import type { Pod } from '../../../pod/json.ts'
import type { ClusterView, PersistentVolume, PersistentVolumeClaim } from '../cluster-view.ts'
import { matchesTerm } from '../../../pod/node-selection.ts'
import type { NodeInfo } from '../node-info.ts'
import type { FilterPlugin, Refusal } from '../plugin.ts'

const UNREACHABLE: Refusal = {
  reasons: ["node(s) didn't match PersistentVolume's node affinity"],
  isFinal: true,
}

/** Source: plugins/volumebinding/volume_binding.go, binder.go. */
export const volumeBinding: FilterPlugin = {
  name: 'VolumeBinding',
  prepare(pod, cluster) {
    const names = claimNamesOf(pod)
    if (names.length === 0) return undefined
    const namespace = pod.metadata?.namespace ?? ''
    const volumes: PersistentVolume[] = []
    for (const name of names) {
      const claim = cluster.claim(namespace, name)
      const message = claimProblem(name, claim)
      if (message !== undefined) return { kind: 'refusal', message }
      const volume = cluster.volume(claim?.spec?.volumeName ?? '')
      if (volume) volumes.push(volume)
    }
    return {
      kind: 'filter',
      refuse: (node) => (volumes.every((volume) => isReachable(volume, node)) ? undefined : UNREACHABLE),
    }
  },
  isHelpedBy: (change) =>
    change.kind === 'volume-changed' ||
    change.kind === 'node-added' ||
    (change.kind === 'node-updated' && change.aspects.has('labels')),
}

/** The claims of a Pod: its own, and those made for its ephemeral volumes (`<pod>-<volume>`). */
export function claimNamesOf(pod: Pod): readonly string[] {
  return (pod.spec?.volumes ?? []).flatMap(({ name, persistentVolumeClaim, ephemeral }) => {
    if (persistentVolumeClaim) return [persistentVolumeClaim.claimName]
    return ephemeral ? [`${pod.metadata?.name}-${name}`] : []
  })
}

/** Whether a claim has to wait for the first Pod that uses it. */
export function waitsForConsumer(claim: PersistentVolumeClaim, cluster: ClusterView): boolean {
  const storageClass = cluster.storageClass(claim.spec?.storageClassName ?? '')
  return storageClass?.volumeBindingMode === 'WaitForFirstConsumer'
}

function claimProblem(name: string, claim: PersistentVolumeClaim | undefined): string | undefined {
  if (!claim) return `persistentvolumeclaim "${name}" not found`
  if (claim.status?.phase === 'Lost')
    return `persistentvolumeclaim "${name}" bound to non-existent persistentvolume "${claim.spec?.volumeName}"`
  if (claim.metadata?.deletionTimestamp) return `persistentvolumeclaim "${name}" is being deleted`
  const isBound = claim.spec?.volumeName && claim.metadata?.annotations?.['pv.kubernetes.io/bind-completed']
  return isBound ? undefined : 'pod has unbound immediate PersistentVolumeClaims'
}

function isReachable(volume: PersistentVolume, { node }: NodeInfo): boolean {
  const required = volume.spec?.nodeAffinity?.required
  return !required || required.nodeSelectorTerms.some((term) => matchesTerm(term, node))
}
