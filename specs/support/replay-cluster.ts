// A cluster that does again what a recording says, on a virtual clock: claims can be tried on what really happened.

import type { Cluster, ClusterResponse, Streaming, WatchEvent } from '../../src/cluster/cluster.ts'
import type { Entry } from '../../src/history/entry.ts'
import type { History } from '../../src/history/history.ts'
import { Latch } from '../../src/time/latch.ts'
import { VirtualClock } from '../../src/time/virtual.ts'

const PLURALS: Readonly<Record<string, string>> = { Pod: 'pods', Event: 'events' }

/** Replays `history`. Everything but watching and reading logs is refused: what is past cannot be acted on. */
export function replayCluster(history: History): Cluster & { readonly clock: VirtualClock } {
  const clock = new VirtualClock(history.facts.startedAtMs)
  return {
    name: 'replay',
    clock,
    request: (_method, path) => Promise.resolve(answer(path)),
    watch: (path, _options, onEvent) => watch(history, clock, path, onEvent),
    logs: ({ pod, container = '' }, _options, onLine) =>
      play(clock, history.log(pod, container), ({ atMs, text }) => onLine({ atMs, text })),
    exec: () => {
      throw new Error('a replay runs no commands')
    },
    kubeConfig: () => Promise.reject(new Error('a replay has no API server')),
    close: () => Promise.resolve(),
  }
}

function watch(
  history: History,
  clock: VirtualClock,
  path: string,
  onEvent: (event: WatchEvent) => void,
): Streaming {
  const changes = history.entries.filter((entry) => entry.entry === 'change')
  const watched = changes.filter(({ object }) => path.endsWith(`/${PLURALS[object.kind ?? ''] ?? '?'}`))
  return play(clock, watched, ({ type, object, atMs }) => onEvent({ type, object, atMs }))
}

/** Hands over each entry at its instant. */
function play<E extends Entry>(
  clock: VirtualClock,
  entries: readonly E[],
  hand: (entry: E) => void,
): Streaming {
  const timers = entries.map((entry) => clock.at(entry.atMs, () => hand(entry)))
  const end = new Latch()
  return {
    end,
    failure: undefined,
    stop: () => {
      for (const timer of timers) timer.cancel()
      end.settle()
    },
  }
}

function answer(path: string): ClusterResponse {
  return { status: 404, body: { message: `a replay does not answer ${path}` }, warnings: [] }
}
