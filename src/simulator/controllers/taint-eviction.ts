// The taint eviction controller: Pods that do not tolerate a NoExecute taint of their node are deleted, at once or later.

import type { V1Taint, V1Toleration } from '@kubernetes/client-node'
import type { Json } from '../../pod/json.ts'
import { tolerates } from '../../pod/tolerations.ts'
import type { Timer } from '../../time/clock.ts'
import type { Node } from '../kinds/node.ts'
import { node as nodeKind } from '../kinds/node.ts'
import type { Pod } from '../kinds/pod/pod.ts'
import { indexPodsByNode, podsOfNode } from '../kinds/pod/pods-by-node.ts'
import { pod as podKind } from '../kinds/pod/pod.ts'
import { isEqual } from '../store/equality.ts'
import { keyOf, refOf } from '../store/object.ts'
import type { Change } from '../store/store.ts'
import { draw } from '../timing.ts'
import type { Controller } from './controller.ts'
import { recorderOf } from './controller.ts'
import { disruptPod } from './pod-writes.ts'

type Taint = Json<V1Taint>

/** Source: pkg/controller/tainteviction/taint_eviction.go. */
export const taintEvictionController: Controller = (context) => {
  const { registry, timers, timing } = context
  const { store } = registry
  const random = context.random.fork('taint-eviction')
  const recorder = recorderOf(context, 'taint-eviction-controller')
  /** Deletions to come, by the Pod's key. */
  const deletions = new Map<string, Timer>()

  indexPodsByNode(store)
  store.subscribe('nodes', (change) => {
    const { type, object, previous } = change as Change<Node>
    if (type === 'DELETED' || isEqual(noExecute(object), noExecute(previous))) return
    soon(() => {
      for (const pod of podsOfNode(store, object.metadata.name ?? '')) judge(pod)
    })
  })
  store.subscribe('pods', (change) => {
    const { type, object, previous } = change as Change<Pod>
    if (type === 'DELETED') return cancel(object, false)
    const isNews = object.spec !== previous?.spec
    if (isNews && object.spec?.nodeName && noExecute(nodeOf(object)).length > 0) soon(() => judge(object))
  })

  function soon(run: () => void): void {
    timers.at(timers.now() + draw(timing.watchMs, random), run)
  }

  function nodeOf(pod: Pod): Node | undefined {
    return registry.find(nodeKind, { name: pod.spec?.nodeName ?? '' })
  }

  function judge(seen: Pod): void {
    const pod = registry.find(podKind, refOf(seen))
    if (!pod || pod.metadata.uid !== seen.metadata.uid) return
    const taints = noExecute(nodeOf(pod))
    if (taints.length === 0) return cancel(pod, true)
    const seconds = toleratedSeconds(taints, pod.spec?.tolerations ?? [])
    if (seconds === Infinity) return cancel(pod, false)
    const key = keyOf(refOf(pod))
    if (seconds > 0 && deletions.has(key)) return
    cancel(pod, false)
    deletions.set(
      key,
      timers.at(timers.now() + seconds * 1_000, () => evict(pod)),
    )
  }

  function cancel(pod: Pod, isTold: boolean): void {
    const key = keyOf(refOf(pod))
    const deletion = deletions.get(key)
    if (!deletion) return
    deletion.cancel()
    deletions.delete(key)
    if (isTold) tell(pod, `Cancelling deletion of Pod ${key}`)
  }

  function evict(pod: Pod): void {
    const key = keyOf(refOf(pod))
    deletions.delete(key)
    tell(pod, `Marking for deletion Pod ${key}`)
    disruptPod(registry, pod, 'DeletionByTaintManager', 'Taint manager: deleting due to NoExecute taint')
  }

  /** These Events name the Pod without its uid. */
  function tell({ metadata }: Pod, message: string): void {
    const { name = '', namespace } = metadata
    const involved = { kind: 'Pod', apiVersion: 'v1', name, ...(namespace && { namespace }) }
    recorder.event(involved, 'Normal', 'TaintManagerEviction', message)
  }
}

function noExecute(node: Node | undefined): readonly Taint[] {
  return (node?.spec?.taints ?? []).filter(({ effect }) => effect === 'NoExecute')
}

/** For how long all of the taints are put up with; 0 when one of them is not. Source: getMinTolerationTime. */
function toleratedSeconds(taints: readonly Taint[], tolerations: readonly Json<V1Toleration>[]): number {
  const used = taints.map((taint) => tolerations.filter((toleration) => tolerates(toleration, taint)))
  if (used.some((list) => list.length === 0)) return 0
  const seconds = used.flat().flatMap(({ tolerationSeconds }) => tolerationSeconds ?? [])
  return seconds.length > 0 ? Math.max(0, Math.min(...seconds)) : Infinity
}
