// Says, as far as it can be told, why an output differs.

import type { History } from '../../history/history.ts'
import { why } from '../../why/why.ts'
import { podOf, rowsOf } from '../../history/rows.ts'
import { allContainerStatuses } from '../../pod/containers.ts'
import type { Pod } from '../../pod/json.ts'
import type { Difference } from '../compare/output.ts'
import { readTable } from '../compare/table.ts'
import { formatDuration } from '../../time/duration.ts'
import type { CommandStep, Page } from '../page.ts'
import type { LikelyReason } from '../verdict.ts'

/** What is known when an output differs. */
export interface Circumstances {
  readonly step: CommandStep
  readonly differences: readonly Difference[]
  readonly seen: readonly string[]
  readonly history: History
  readonly page?: Page | undefined
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
  const { differences, seen, skipped } = circumstances
  const lack = lackOf(circumstances)
  if (lack !== undefined) return { likely: 'missing prerequisite', text: lack }
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
  const otherTime = timeOfRow(circumstances)
  if (otherTime !== undefined) return { likely: 'timing', text: otherTime }
  return { likely: 'false claim', text: cause(circumstances) ?? sayDifference(differences[0], circumstances) }
}

/** What clusters do not all have: metrics, and kinds that somebody has to install. */
const LACKING = /^error: (?:Metrics API not available|the server doesn't have a resource type)/
const NOTHING_THERE =
  /^(?:Error from server \(NotFound\)|No resources found|error: .*(?:does not exist|not found))/i

function isOfTime({ column, expected }: Difference): boolean {
  return column === 'AGE' || column === 'CREATED' || /^(?:real|user|sys)\s+[\dm.]+s$/.test(expected)
}

function sayDifference(
  difference: Difference | undefined,
  { step, seen: lines }: Pick<Circumstances, 'seen' | 'step'>,
): string {
  const error = lines.find((line) => /^error:|^Error from server/i.test(line))
  if (error !== undefined && difference?.seen === undefined) return `the cluster answers "${error}"`
  if (!difference) return `"${step.source.split('\n')[0]}" prints something else`
  const { expected, seen, column } = difference
  const where = column ? `${column} is ` : ''
  if (expected === '') return `the cluster also prints "${seen}"`
  return seen === undefined ? `"${expected}" is not printed` : `${where}"${seen}", not "${expected}"`
}

/** A row of a Pod that the page shows, and that the Pod did show, only not when it was as old as the page says. */
function timeOfRow({ history, step, differences }: Circumstances): string | undefined {
  const lines = (step.expected?.lines ?? []).filter(({ line }) =>
    differences.some((each) => each.line.line === line),
  )
  const table = readTable(step.expected?.lines ?? [], ({ text }) => text)
  const rows = (table?.rows ?? []).filter(({ line }) => lines.includes(line))
  const [first] = rows
  if (!first || !differences.every(({ column }) => column !== undefined && OF_A_MOMENT.has(column)))
    return undefined
  const { NAME: name = '', READY: ready, STATUS: status, RESTARTS: restarts = '', AGE: age } = first.cells
  const timeline = history.timeline('Pod', name)
  const shown =
    timeline &&
    rowsOf(timeline).find(
      (row) =>
        row.ready === ready && row.status === status && row.restarts === Number(restarts.split(' ')[0]),
    )
  const createdAtMs = Date.parse(shown?.change.object.metadata.creationTimestamp ?? '')
  if (!shown || Number.isNaN(createdAtMs)) return undefined
  return `${name} shows ${ready} ${status} ${restarts} when it is ${formatDuration(shown.change.atMs - createdAtMs)} old, not ${age}`
}

/** Columns that another instant would have shown otherwise. */
const OF_A_MOMENT = new Set(['AGE', 'READY', 'RESTARTS', 'STATUS'])

/** The cause that the history has for the Pod of which the output speaks. */
function cause({ history, differences, step, atMs }: Circumstances): string | undefined {
  const texts = [step.source, ...differences.map(({ line }) => line.text)].join(' ')
  const pod = history.timelines('Pod').find(({ name }) => isNamed(name, texts))
  const found = pod && why(history, pod.name, atMs)
  return found && [found.because, found.next].filter((text) => text !== undefined && text !== '').join('; ')
}

/**
 * What the cluster under test lacks for the Pods of which a command speaks, where the page does not complain of it itself:
 * an image, or the world outside.
 */
export function lackOf({
  history,
  page,
  step,
}: Pick<Circumstances, 'history' | 'page' | 'step'>): string | undefined {
  const own = textOf(step)
  if (COMPLAINTS.test(own)) return undefined
  const pods = history.timelines('Pod').flatMap(({ last }) => {
    const pod = last && podOf(last)
    return pod && last.type !== 'DELETED' && !complainsOf(page, last.object.metadata.name) ? [pod] : []
  })
  const named = pods.filter(({ metadata }) => isNamed(metadata?.name ?? '', `${step.source}\n${own}`))
  for (const pod of named.length > 0 ? named : pods) {
    const lack = lackOfPod(pod)
    if (lack !== undefined) return lack
  }
  return undefined
}

const COMPLAINTS = /ErrImagePull|ImagePullBackOff|InvalidImageName|Init:(?:Error|CrashLoopBackOff)/

/** Whether the page shows somewhere that the Pod does not come up: that is what it is about. */
function complainsOf(page: Page | undefined, name: string): boolean {
  const steps = (page?.steps ?? []).flatMap((step) => (step.kind === 'command' ? [step] : []))
  return steps.some((step) =>
    (step.expected?.lines ?? []).some(({ text }) => COMPLAINTS.test(text) && isNamed(name, text)),
  )
}

function textOf({ expected }: CommandStep): string {
  return (expected?.lines ?? []).map(({ text }) => text).join('\n')
}

function lackOfPod(pod: Pod): string | undefined {
  const statuses = allContainerStatuses(pod)
  const unpulled = statuses.find(({ state }) => UNPULLED.test(state?.waiting?.reason ?? ''))
  if (unpulled) return `the cluster cannot pull the image "${unpulled.image}"`
  const containers = [...(pod.spec?.initContainers ?? []), ...(pod.spec?.containers ?? [])]
  for (const { name, state, lastState } of statuses) {
    const hasFailed = [state, lastState].some((each) => (each?.terminated?.exitCode ?? 0) !== 0)
    const { command = [], args = [] } = containers.find((container) => container.name === name) ?? {}
    const address = outsideAddress([...command, ...args].join(' '))
    if (hasFailed && address !== undefined)
      return `container ${name} asks for ${address}, which lies outside of the cluster under test`
  }
  return undefined
}

const UNPULLED = /^(?:ErrImagePull|ImagePullBackOff)$/

/** An address with a public name: neither a Service's, nor a number. */
function outsideAddress(command: string): string | undefined {
  const addresses = command.matchAll(/\bhttps?:\/\/([\w-]+(?:\.[\w-]+)+)[^\s"']*/g)
  return [...addresses].find(([, host = '']) => !/\.(?:svc|local)$|^[\d.]+$|\.svc\./.test(host))?.[0]
}

/** Whether the text names the object, and not one of which its name is only a part. */
function isNamed(name: string, text: string): boolean {
  return new RegExp(`(?<![\\w.-])${name.replace(/[.]/g, '\\.')}(?![\\w.-])`).test(text)
}
