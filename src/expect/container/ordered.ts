// Judges "this came before that" of two containers: what toStartBefore, toFinishBefore and toExitBefore have in common.

import type { ObjectChange } from '../../history/entry.ts'
import { podRecordAt } from '../../why/pod-record.ts'
import { endedBecause } from '../pod/ended.ts'
import type { Held } from '../sentence.ts'
import type { Claim } from '../sentence.ts'
import type { Subject, Within } from '../subject.ts'
import type { Trial } from '../trial.ts'
import { received, statusIn } from './container.ts'
import { orderOf } from './order.ts'
import type { Moment, Order } from './order.ts'

/** Which instances of the two containers an order is about; the first ones unless told. */
export interface OrderOptions extends Within {
  /** How often the container of the claim had been restarted before. */
  readonly instance?: number
  /** How often the other one had been restarted before. */
  readonly otherInstance?: number
}

/** A claim about the order of two containers. */
export interface OrderFacts {
  readonly kind: string
  readonly container: string
  readonly other: string
  /** Which moments are compared: of the container of the claim, then of the other one. */
  readonly moments: readonly [Moment['what'], Moment['what']]
  readonly options: OrderOptions | undefined
}

/** The claim that the moment of `container` comes before the moment of `other`. */
export function orderClaim(pod: Subject, { kind, container, other, moments, options }: OrderFacts): Claim {
  const { instance = 0, otherInstance = 0, within } = options ?? {}
  return pod.claim({
    kind,
    args: options ? [other, options] : [other],
    within,
    judge: (trial) =>
      judgeOrder(
        trial,
        { container, what: moments[0], instance },
        { container: other, what: moments[1], instance: otherInstance },
      ),
  })
}

/**
 * Waits until the first of the two moments comes, and holds if it is `a`. It looks at the whole life of the Pod, since
 * containers may have started before the claim was reached.
 */
async function judgeOrder(trial: Trial, a: Moment, b: Moment): Promise<Held> {
  const seen: ObjectChange[] = []
  const verdict = await trial.follow((change) => judge(trial, seen, change, a, b), {
    from: { ...trial.cursor, order: 0 },
  })
  if (verdict?.order === 'before') return { atMs: verdict.change.atMs }
  const expected = `${a.container} to ${a.what}${which(a)} before ${b.container} ${b.what}s${which(b)}`
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

/** ` after restart 1`, where it is not the first instance. */
function which({ instance = 0 }: Moment): string {
  return instance === 0 ? '' : ` after restart ${instance}`
}

function orderText(order: Order, a: Moment, b: Moment): string {
  const first = `${b.container} ${DONE[b.what]}${which(b)}`
  if (order === 'after') return `${first} while ${a.container} had not ${DONE[a.what]}${which(a)}`
  if (order === 'untold') return `the order of the two cannot be told`
  return `neither: the Pod ended first`
}

const DONE = { start: 'started', exit: 'exited' } as const
