// A recording in short: what has to happen again, and nothing of what differs between any two runs.

import type { History } from '../../src/history/history.ts'
import { podOf } from '../../src/history/rows.ts'
import { allContainerStatuses } from '../../src/pod/containers.ts'
import { eventTexts, timedRows } from '../support/agreement.ts'

/** One scenario, and what its runs on a real cluster showed. */
export interface CompactRecording {
  readonly name: string
  /** Where and when: `recorded on Kubernetes v1.36.2, 2026-11-22`. */
  readonly source: string
  /** As `src/scenario/read-scenario.ts` reads it. */
  readonly scenario: unknown
  /** The cluster agrees with itself only so far: whoever agrees with one of them, agrees. */
  readonly runs: readonly CompactRun[]
}

export interface CompactRun {
  /** In the order in which they appeared. */
  readonly pods: readonly CompactPod[]
  readonly endedAtMs: number
}

export interface CompactPod {
  /** Rows as `kubectl get pods -w` prints them, with milliseconds since the beginning. */
  readonly rows: readonly (readonly [atMs: number, row: string])[]
  /** Container, exit code and reason of the instances that have ended, each once: `main 1 Error`. */
  readonly exits: readonly string[]
  /** Type, reason and message of its Events, each once. */
  readonly events: readonly string[]
}

/** What a history shows of each Pod. */
export function compactPods(history: History): readonly CompactPod[] {
  const { startedAtMs } = history.facts
  return history.timelines('Pod').map(({ name, last }) => {
    const generated = last && podOf(last)?.metadata?.generateName
    return {
      rows: timedRows(history, name).map(({ text, atMs }) => [atMs - startedAtMs, text] as const),
      exits: exitTexts(history, name),
      events: [...new Set(eventTexts(history, name))]
        .map((text) => nameless(text, name, generated))
        .toSorted(),
    }
  })
}

function exitTexts(history: History, pod: string): readonly string[] {
  const texts = new Set<string>()
  for (const change of history.timeline('Pod', pod)?.changes ?? []) {
    const seen = podOf(change)
    for (const { name, state, lastState } of seen ? allContainerStatuses(seen) : [])
      for (const exit of [state?.terminated, lastState?.terminated])
        if (exit) texts.add(`${name} ${exit.exitCode} ${exit.reason}`)
  }
  return [...texts].toSorted()
}

/** Without addresses of registries and bytes of images, ages, hashes and generated names. */
function nameless(text: string, name: string, generated: string | undefined): string {
  return text
    .replaceAll(name, generated === undefined ? name : `${generated}<id>`)
    .replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, '<uid>')
    .replace(/\b[0-9a-f]{64}\b/g, '<id>')
    .replace(/kube-api-access-[a-z0-9]{5}/g, 'kube-api-access-<id>')
    .replace(/(\d+m)?\d+(\.\d+)?m?s\b(?! restarting)/g, '<age>')
    .replace(/size: \d+ bytes/g, 'size: <n> bytes')
    .replace(/:\d{4,5}(->|: )/g, ':<port>$1')
}
