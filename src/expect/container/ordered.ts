// Judges "this came before that" of two containers: what toStartBefore and toFinishBefore have in common.

import type { ObjectChange } from '../../history/entry.ts'
import { podRecordAt } from '../../why/pod-record.ts'
import { endedBecause } from '../pod/ended.ts'
import type { Held } from '../sentence.ts'
import type { Trial } from '../trial.ts'
import { received, statusIn } from './container.ts'
import { orderOf } from './order.ts'
import type { Moment, Order } from './order.ts'

/**
 * Waits until the first of the two moments comes, and holds if it is `a`. It looks at the whole life of the Pod, since
 * containers may have started before the claim was reached.
 */
export async function judgeOrder(trial: Trial, a: Moment, b: Moment): Promise<Held> {
  const seen: ObjectChange[] = []
  const verdict = await trial.follow((change) => judge(trial, seen, change, a, b), {
    from: { ...trial.cursor, order: 0 },
  })
  if (verdict?.order === 'before') return { atMs: verdict.change.atMs }
  const expected = `${a.container} to ${a.what} before ${b.container} ${b.what}s`
  if (!verdict)
    throw trial.fail({
      expected: `${expected} within ${trial.patience}`,
      received: received(trial, a.container),
    })
  throw trial.refute({
    expected,
    received: orderText(verdict.order, a, b),
    ...(verdict.order === 'untold' && {
      because: 'one state of the Pod showed both at once, and their instants are known to the second',
    }),
  })
}

interface Judged {
  readonly change: ObjectChange
  readonly order: Order
}

function judge(
  trial: Trial,
  seen: ObjectChange[],
  change: ObjectChange,
  a: Moment,
  b: Moment,
): Judged | undefined {
  if (seen[0]?.object.metadata.uid !== change.object.metadata.uid) seen.length = 0
  seen.push(change)
  for (const { container } of [a, b]) statusIn(trial, change, container)
  const record = podRecordAt(trial.session.history, trial.about.name, change.atMs)
  const order = record ? orderOf(seen, record, a, b) : 'open'
  if (order !== 'open') return { change, order }
  return endedBecause(change) === undefined ? undefined : { change, order }
}

function orderText(order: Order, a: Moment, b: Moment): string {
  const first = `${b.container} ${DONE[b.what]}`
  if (order === 'after') return `${first} while ${a.container} had not ${DONE[a.what]}`
  if (order === 'untold') return `the order of the two cannot be told`
  return `neither: the Pod ended first`
}

const DONE = { start: 'started', exit: 'exited' } as const
