// Says, as far as it can be told, why an output differs.

import type { History } from '../../history/history.ts'
import { why } from '../../why/why.ts'
import { podOf } from '../../history/rows.ts'
import type { Difference } from '../compare/output.ts'
import type { CommandStep } from '../page.ts'
import type { LikelyReason } from '../verdict.ts'

/** What is known when an output differs. */
export interface Circumstances {
  readonly step: CommandStep
  readonly differences: readonly Difference[]
  readonly seen: readonly string[]
  readonly history: History
  readonly atMs: number
  /** Commands before this one that were not run. */
  readonly skipped: readonly CommandStep[]
}

export interface Reason {
  readonly likely: LikelyReason
  readonly text: string
}

/** The likeliest reason. Whether it is one that podproof itself is to blame for stands in `text`. */
export function reasonFor(circumstances: Circumstances): Reason {
  const { differences, seen, skipped, step } = circumstances
  const image = unknownImage(circumstances)
  if (image) return { likely: 'missing prerequisite', text: `the cluster cannot pull the image "${image}"` }
  const lacking = seen.find((line) => LACKING.test(line))
  if (lacking !== undefined && !differences.some(({ expected }) => expected.includes(lacking)))
    return { likely: 'missing prerequisite', text: `the cluster lacks what it asks for: ${lacking}` }
  if (skipped.length > 0 && seen.some((line) => NOTHING_THERE.test(line))) {
    const [first] = skipped
    return {
      likely: 'missing prerequisite',
      text: `line ${first?.line} was not run: ${first?.source.split('\n')[0]}`,
    }
  }
  if (differences.length > 0 && differences.every(isOfTime) && differences[0]?.seen !== undefined) {
    return {
      likely: 'timing',
      text: `${differences[0]?.expected} on the page, ${differences[0]?.seen} on the cluster`,
    }
  }
  return { likely: 'false claim', text: cause(circumstances) ?? sayDifference(differences[0], step) }
}

/** What clusters do not all have: metrics, and kinds that somebody has to install. */
const LACKING = /^error: (?:Metrics API not available|the server doesn't have a resource type)/
const NOTHING_THERE =
  /^(?:Error from server \(NotFound\)|No resources found|error: .*(?:does not exist|not found))/i

function isOfTime({ column, expected }: Difference): boolean {
  return column === 'AGE' || column === 'CREATED' || /^(?:real|user|sys)\s+[\dm.]+s$/.test(expected)
}

function sayDifference(difference: Difference | undefined, step: CommandStep): string {
  if (!difference) return `"${step.source.split('\n')[0]}" prints something else`
  const { expected, seen, column } = difference
  const where = column ? `${column} is ` : ''
  if (expected === '') return `the cluster also prints "${seen}"`
  return seen === undefined ? `"${expected}" is not printed` : `${where}"${seen}", not "${expected}"`
}

/** The cause that the history has for the Pod of which the output speaks. */
function cause({ history, differences, step, atMs }: Circumstances): string | undefined {
  const texts = [step.source, ...differences.map(({ line }) => line.text)].join(' ')
  const pod = history.timelines('Pod').find(({ name }) => texts.includes(name))
  const found = pod && why(history, pod.name, atMs)
  return found && [found.because, found.next].filter((text) => text !== undefined && text !== '').join('; ')
}

/** An image that the page's own output does not complain about, but the cluster does. */
function unknownImage({ history, step }: Circumstances): string | undefined {
  const page = (step.expected?.lines ?? []).map(({ text }) => text).join('\n')
  if (/ErrImagePull|ImagePullBackOff|InvalidImageName/.test(page)) return undefined
  for (const { last } of history.timelines('Pod')) {
    const pod = last && podOf(last)
    const statuses = [
      ...(pod?.status?.initContainerStatuses ?? []),
      ...(pod?.status?.containerStatuses ?? []),
    ]
    const waiting = statuses.find(({ state }) =>
      /^(?:ErrImagePull|ImagePullBackOff)$/.test(state?.waiting?.reason ?? ''),
    )
    if (waiting) return waiting.image
  }
  return undefined
}
