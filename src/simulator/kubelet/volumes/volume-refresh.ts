// Volumes follow the ConfigMaps, Secrets and fields of the pod that they show.

import type { V1Volume } from '@kubernetes/client-node'
import type { Json } from '../../../pod/json.ts'
import type { Pod } from '../../kinds/pod/pod.ts'
import { isEqual } from '../../store/equality.ts'
import type { KubeObject } from '../../store/object.ts'
import type { KubeletParts } from '../parts.ts'

/**
 * A kubelet looks at a pod's volumes with each resync, every 60 to 90 s. Here that resync is planned only when a source
 * has changed. Source: pod_workers.go:workerResyncIntervalJitterFactor, volumemanager (remount with each sync).
 */
export class VolumeRefresh {
  readonly #parts: KubeletParts
  /** Pods by the `resource/namespace/name` of what their volumes show. */
  readonly #byReference = new Map<string, Map<string, Pod>>()
  readonly #planned = new Set<string>()
  readonly #unsubscribe: readonly (() => void)[]

  constructor(parts: KubeletParts) {
    this.#parts = parts
    const { store } = parts.registry
    this.#unsubscribe = ['configmaps', 'secrets'].map((resource) =>
      store.subscribe(resource, ({ object, previous }) => {
        if (previous) this.#onSource(resource, object)
      }),
    )
  }

  /** A pod has come, or has other metadata than before. */
  onPod(pod: Pod, previous: Pod | undefined): void {
    for (const volume of pod.spec?.volumes ?? []) {
      for (const reference of references(volume)) {
        const key = `${reference}/${pod.metadata.namespace}`
        const pods = this.#byReference.get(key) ?? new Map<string, Pod>()
        this.#byReference.set(key, pods.set(pod.metadata.uid ?? '', pod))
      }
    }
    const { labels, annotations } = pod.metadata
    const before = previous?.metadata
    const isSame = isEqual(labels, before?.labels) && isEqual(annotations, before?.annotations)
    if (previous && !isSame) this.#plan(pod)
  }

  stop(): void {
    for (const end of this.#unsubscribe) end()
  }

  #onSource(resource: string, { metadata }: KubeObject): void {
    const pods = this.#byReference.get(`${resource}/${metadata.name}/${metadata.namespace}`)
    for (const pod of pods?.values() ?? []) this.#plan(pod)
  }

  #plan(pod: Pod): void {
    const uid = pod.metadata.uid ?? ''
    if (this.#planned.has(uid)) return
    this.#planned.add(uid)
    const { timers, timing, random } = this.#parts
    // Anywhere between now and the end of the longest wait for a resync.
    timers.at(timers.now() + Math.round(random.next() * timing.resyncMs * 1.5), () => {
      this.#planned.delete(uid)
      this.#parts.volumes(pod).refresh()
    })
  }
}

function references(volume: Json<V1Volume>): string[] {
  const { configMap, secret, projected } = volume
  const of = (resource: string, name: string | undefined) => (name ? [`${resource}/${name}`] : [])
  return [
    ...of('configmaps', configMap?.name),
    ...of('secrets', secret?.secretName),
    ...(projected?.sources ?? []).flatMap((source) => [
      ...of('configmaps', source.configMap?.name),
      ...of('secrets', source.secret?.name),
    ]),
  ]
}
