// Judges what was printed by what the page shows, and remembers what its volatile words stand for.

import type { History } from '../../history/history.ts'
import { Bindings } from '../compare/bindings.ts'
import { inSeenWords } from '../compare/seen-words.ts'
import type { Span, Surroundings } from '../compare/line.ts'
import { type Comparison, compareOutput, type Difference, type SeenLine } from '../compare/output.ts'
import type { CommandStep, Page } from '../page.ts'
import type { LeftOver } from '../timeline/schedule.ts'
import type { CommandVerdict } from '../verdict.ts'
import { outputForm } from './output-form.ts'
import { lackOf, reasonFor } from './reason.ts'

/** What a command printed, and when. */
export interface Printed {
  readonly lines: readonly SeenLine[]
  readonly atMs: number
  readonly endMs: number
  /** Texts that containers have written to their standard error, as far as the node tells. */
  readonly errorTexts?: readonly string[]
}

export interface JudgeOptions {
  readonly history: History
  readonly nodeNames: readonly string[]
  readonly namespace: string
  /** Spans that contradict others of the page: they are reported once, not again as differing outputs. */
  readonly leftOver: readonly LeftOver[]
  /** The page, as far as it complains itself of what the cluster lacks. */
  readonly page?: Page
}

/** Jitter of a real cluster, beside the step in which a span is told: 2 s and a twentieth. */
const SLACK_MS = 2_000
const SLACK_PART = 0.05

export class Judge {
  #options: JudgeOptions
  #bindings = new Bindings()
  #errorTexts = new Set<string>()
  /** What each output agreed under: an update says the replay's lines in these words. */
  #boundAt = new Map<number, Bindings>()

  constructor(options: JudgeOptions) {
    this.#options = options
  }

  /** What containers have written to their standard error, as far as a log of theirs was judged. */
  get errorTexts(): ReadonlySet<string> {
    return this.#errorTexts
  }

  get bindings(): Bindings {
    return this.#bindings
  }

  /** Whether the outputs, taken together or the last alone, say what the page says. Nothing is bound by asking. */
  agrees(step: CommandStep, printed: readonly Printed[]): boolean {
    return this.differences(step, printed).length === 0
  }

  /** What the outputs do not say as the page does. Nothing is bound by asking. */
  differences(step: CommandStep, printed: readonly Printed[]): readonly Difference[] {
    return this.#best(step, printed).differences
  }

  /** The verdict on a command. `problem` says why its output is not all of it: it had to be ended, for example. */
  judge(
    index: number,
    step: CommandStep,
    printed: readonly Printed[],
    { problem, skipped }: { readonly problem: string | undefined; readonly skipped: readonly CommandStep[] },
  ): CommandVerdict {
    const last = printed.at(-1) ?? { lines: [], atMs: 0, endMs: 0 }
    for (const { errorTexts = [] } of printed) for (const text of errorTexts) this.#errorTexts.add(text)
    const shown = (step.expected?.sharedWith ?? 0) > 0 ? printed.flatMap(({ lines }) => lines) : last.lines
    const common = {
      step,
      seen: shown.map(({ text }) => text),
      atMs: last.atMs,
      tookMs: last.endMs - last.atMs,
    }
    const { differences, drift, bindings } = this.#best(step, printed)
    if (problem !== undefined) {
      return {
        ...common,
        verdict: 'differs',
        likely: 'timing',
        reason: problem,
        differences,
        drift: [],
      }
    }
    if (differences.length === 0) {
      this.#bindings = bindings
      this.#boundAt.set(index, bindings)
      return { ...common, verdict: 'holds', reason: undefined, likely: undefined, differences: [], drift }
    }
    const { history, page } = this.#options
    const reason = reasonFor({
      step,
      differences,
      seen: common.seen,
      history,
      page,
      atMs: last.endMs,
      skipped,
    })
    const isOurFault = reason.likely === 'missing prerequisite'
    return {
      ...common,
      verdict: isOurFault ? 'not run' : 'differs',
      likely: reason.likely,
      reason: reason.text,
      differences,
      drift: [],
    }
  }

  /** A command for which the page shows nothing. */
  holds(step: CommandStep, { lines, atMs, endMs }: Printed): CommandVerdict {
    const seen = lines.map(({ text }) => text)
    const none = { reason: undefined, likely: undefined, differences: [], drift: [] }
    return { step, verdict: 'holds', seen, atMs, tookMs: endMs - atMs, ...none }
  }

  notRun(step: CommandStep, reason: string): CommandVerdict {
    const none = {
      likely: undefined,
      differences: [],
      drift: [],
      seen: undefined,
      atMs: undefined,
      tookMs: undefined,
    }
    return { step, verdict: 'not run', reason, ...none }
  }

  /** A command of the page in the words of the replay: names and addresses of its own, as far as the page has shown them. */
  inSeenWords(source: string): string {
    return inSeenWords(source, this.#bindings)
  }

  /** A command that was to open a shell in a container, and did not. */
  unopened(step: CommandStep, { lines, atMs, endMs }: Printed, complaint: string): CommandVerdict {
    const lack = lackOf({ ...this.#options, step })
    const reason = `it opened no shell: ${lack ?? complaint}`
    if (lack !== undefined) return this.notRun(step, reason)
    const seen = lines.map(({ text }) => text)
    const common = { step, seen, atMs, tookMs: endMs - atMs, differences: [], drift: [] }
    return { ...common, verdict: 'differs', likely: 'false claim', reason }
  }

  /** The surroundings of an output's comparison; also those of its update. */
  surroundings(step: CommandStep): Surroundings {
    const { nodeNames, namespace, leftOver } = this.#options
    const lines = new Set((step.expected?.lines ?? []).map(({ line }) => line))
    const isGivenUp = leftOver.some(({ line }) => lines.has(line.line))
    return { nodeNames, namespace, spansAgree: isGivenUp ? () => true : spansAgree }
  }

  #best(step: CommandStep, printed: readonly Printed[]): Comparison {
    const { expected } = step
    if (!expected) return { bindings: this.#bindings, differences: [], drift: [] }
    const form = outputForm(step.source)
    const compare = (outputs: readonly Printed[]) =>
      compareOutput(
        expected,
        { lines: this.#lines(outputs, step) },
        form,
        this.#bindings,
        this.surroundings(step),
      )
    const last = compare(printed.slice(-1))
    return last.differences.length === 0 || printed.length === 1 ? last : compare(printed)
  }

  /** What a terminal shows: a log's lines know their stream from the node, not from kubectl, which prints all to stdout. */
  #lines(printed: readonly Printed[], step: CommandStep): SeenLine[] {
    const lines = printed.flatMap((output) => output.lines)
    const errors = new Set(printed.flatMap(({ errorTexts = [] }) => errorTexts))
    if (outputForm(step.source) !== 'log') return lines
    return lines.map(({ text }) => ({ text, stream: errors.has(text) ? 'stderr' : 'stdout' }))
  }
}

function spansAgree(page: Span, seen: Span): boolean {
  const slackMs = SLACK_MS + page.ms * SLACK_PART
  return Math.abs(page.ms - seen.ms) <= Math.max(page.stepMs, seen.stepMs) + slackMs
}
