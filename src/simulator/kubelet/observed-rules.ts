// Tells what a kubelet does with its containers, at the exact instant: whoever can look at a node knows more than the API shows.

import type { Pod } from '../kinds/pod/pod.ts'
import { type KubeletRules, uidOf } from './parts.ts'

/** One thing that a node did. */
export interface NodeStep {
  readonly what: 'exited' | 'postStart ended' | 'preStop ended'
  /** When it happened; the kubelet learns of an exit a little later. */
  readonly happenedAtMs: number
  readonly namespace: string
  readonly pod: string
  readonly podUid: string
  readonly container: string
}

/** The same rules; `tell` is called whenever one of them shows that something has happened. */
export function observedRules(rules: KubeletRules, tell: (step: NodeStep) => void): KubeletRules {
  const told = new Set<string>()
  return {
    ...rules,
    *runPostStart(parts, input) {
      const failure = yield* rules.runPostStart(parts, input)
      const { pod, container } = input
      if (container.lifecycle?.postStart) {
        tell(stepOf(pod, container.name, 'postStart ended', parts.timers.now()))
      }
      return failure
    },
    *runPreStop(parts, input, graceSeconds) {
      const seconds = yield* rules.runPreStop(parts, input, graceSeconds)
      const { pod, container } = input
      if (container.lifecycle?.preStop) tell(stepOf(pod, container.name, 'preStop ended', parts.timers.now()))
      return seconds
    },
    podStatus(input) {
      for (const { id, name, state, finishedAtMs } of input.runtime.containers) {
        if (state !== 'Exited') continue
        const isNews = !told.delete(id)
        told.add(id)
        if (isNews) tell(stepOf(input.pod as Pod, name, 'exited', finishedAtMs))
      }
      forgetOldest(told)
      return rules.podStatus(input)
    },
  }
}

/** More dead containers than a node ever keeps at a time. The others are not met again. */
const MOST_TOLD = 10_000

function forgetOldest(told: Set<string>): void {
  for (const oldest of told) {
    if (told.size <= MOST_TOLD) return
    told.delete(oldest)
  }
}

function stepOf(pod: Pod, container: string, what: NodeStep['what'], happenedAtMs: number): NodeStep {
  const { name = '', namespace = '' } = pod.metadata
  return { what, happenedAtMs, namespace, pod: name, podUid: uidOf(pod), container }
}
