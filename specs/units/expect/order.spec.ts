// The order of two moments in the lives of two containers, as far as a record can tell it.

import { expect } from 'chai'
import { orderOf } from '../../../src/expect/container/order.ts'
import { History } from '../../../src/history/history.ts'
import { podRecordAt } from '../../../src/why/pod-record.ts'

const SECOND = Date.parse('2026-11-22T08:31:00Z')

type State = 'waiting' | 'running' | 'exited'

/** The states of `a` and `b`, and the seconds of the one's exit and the other's start. */
type Shown = readonly [a: State, b: State, at: { readonly exitA: number; readonly startB: number }]

/** The status of a container whose start and exit carry the kubelet's whole seconds after 08:31:00. */
const statusOf = (name: string, state: State, startedAt: number, finishedAt: number) => {
  const at = (second: number) => `2026-11-22T08:31:${String(second).padStart(2, '0')}Z`
  const states = {
    waiting: { waiting: { reason: 'PodInitializing' } },
    running: { running: { startedAt: at(startedAt) } },
    exited: {
      terminated: {
        exitCode: 0,
        startedAt: at(startedAt),
        finishedAt: at(finishedAt),
        containerID: `c://${name}`,
      },
    },
  }
  return { name, restartCount: 0, containerID: `c://${name}`, state: states[state] }
}

/** The order of "a exits" and "b starts" after states of a Pod that show these. */
const order = (...shown: Shown[]) => {
  const history = new History({
    name: '',
    description: '',
    cluster: { kind: 'test', version: 'v1.36.2' },
    namespace: 'default',
    startedAtMs: SECOND,
  })
  for (const [index, [a, b, { exitA, startB }]] of shown.entries()) {
    const object = {
      kind: 'Pod',
      metadata: { name: 'p', uid: 'u' },
      spec: { containers: [{ name: 'a' }, { name: 'b' }] },
      status: { containerStatuses: [statusOf('a', a, 0, exitA), statusOf('b', b, startB, 59)] },
    }
    history.record({ entry: 'change', atMs: SECOND + 10_000 + index, type: 'MODIFIED', object })
  }
  const record = podRecordAt(history, 'p', SECOND + 60_000)
  const changes = history.timeline('Pod', 'p')?.changes ?? []
  return (
    record && orderOf(changes, record, { container: 'a', what: 'exit' }, { container: 'b', what: 'start' })
  )
}

const SAME = { exitA: 3, startB: 3 }

describe('expect/container/order', () => {
  const cases: readonly (readonly [string, string, readonly Shown[]])[] = [
    ['neither has happened', 'open', [['running', 'waiting', SAME]]],
    [
      'a state showed the first without the second',
      'before',
      [
        ['exited', 'waiting', SAME],
        ['exited', 'running', SAME],
      ],
    ],
    [
      'a state showed the second without the first',
      'after',
      [
        ['running', 'running', SAME],
        ['exited', 'running', SAME],
      ],
    ],
    ['one state showed both, seconds apart', 'before', [['exited', 'running', { exitA: 3, startB: 5 }]]],
    [
      'one state showed both, the second one seconds before',
      'after',
      [['exited', 'running', { exitA: 5, startB: 3 }]],
    ],
    ['one state showed both, within one second', 'untold', [['exited', 'running', SAME]]],
  ]
  for (const [when, expected, states] of cases) {
    it(`is ${expected} when ${when}`, () => {
      expect(order(...states)).to.equal(expected)
    })
  }
})
