// Replays a page on a cluster: types what it says, when it says, in the terminals that it shows, and judges every output.

import type { Cluster } from '../../cluster/cluster.ts'
import type { History } from '../../history/history.ts'
import type { TypedCommand } from '../../terminal/shell-session.ts'
import { Latch } from '../../time/latch.ts'
import type { CommandStep, Page } from '../page.ts'
import { runnerOf, type Runner } from '../runnable.ts'
import type { Schedule } from '../timeline/schedule.ts'
import { waits } from '../timeline/page-constraints.ts'
import { Plan } from '../timeline/plan.ts'
import type { CommandVerdict } from '../verdict.ts'
import { anchorMs } from './anchors.ts'
import type { Judge, Printed } from './judge.ts'
import { isEndless, isReadOnly, outputForm } from './output-form.ts'
import { type Examples, included, localize } from './page-files.ts'
import { answerOfNode } from './node-answer.ts'
import type { PageTerminals } from './terminals.ts'

export interface PageRunOptions {
  readonly cluster: Cluster
  readonly history: History
  readonly terminals: PageTerminals
  readonly judge: Judge
  readonly examples: Examples
  readonly limits: Limits
}

/** When the replay gives up, in cluster time unless said otherwise. */
export interface Limits {
  /** One command that the page shows to the end. */
  readonly commandMs: number
  /** How long an output that is not there yet is waited for, when the page says nothing of time. */
  readonly patienceMs: number
  /** So many lines of one command are kept. */
  readonly lines: number
}

export const DEFAULT_LIMITS: Limits = { commandMs: 3_600_000, patienceMs: 60_000, lines: 50_000 }

/** Somebody who goes to another terminal needs a moment. */
const SWITCH_MS = 1_000
/** The first pause before a command that only looks is typed again; each further one is twice as long. */
const RETRY_MS = 1_000

/** A command that was typed and has not been judged. */
interface Pending {
  readonly index: number
  readonly step: CommandStep
  readonly typed: TypedCommand
}

/** One replay of one page. */
export class PageRun {
  #page: Page
  #options: PageRunOptions
  #plan: Plan
  #startMs = 0
  #pending = new Map<string, Pending>()
  #verdicts = new Map<number, CommandVerdict>()
  #skipped: CommandStep[] = []
  /** Outputs of commands whose output the page shows together with that of the next. */
  #shared: Printed[] = []

  constructor(page: Page, schedule: Schedule, options: PageRunOptions) {
    this.#page = page
    this.#options = options
    this.#plan = new Plan(schedule)
  }

  /** Runs the page from its first step to its last; answers a verdict on every command, in the order of the page. */
  async run(): Promise<readonly CommandVerdict[]> {
    this.#startMs = this.#now
    for (const [index, step] of this.#page.steps.entries()) {
      if (step.kind === 'file' && step.name !== undefined) this.#writeFile(step.name, step.content)
      else if (step.kind === 'include') this.#include(step.path)
      else if (step.kind === 'command') await this.#command(index, step)
    }
    for (const terminal of this.#pending.keys()) await this.#finish(terminal)
    return [...this.#verdicts].toSorted(([a], [b]) => a - b).map(([, verdict]) => verdict)
  }

  get #now(): number {
    return this.#options.cluster.clock.now()
  }

  /** A page may name its files as it likes; none of them lies outside the home of its terminals. */
  #writeFile(name: string, content: string): void {
    const path = name.replace(/^~\//, '').replace(/^(?:\/|\.\/)+/, '')
    if (!path.split('/').includes('..')) this.#options.terminals.writeFile(path, content)
  }

  #include(path: string): void {
    const text = included(path, this.#options.examples)
    if (text === undefined) return
    this.#writeFile(path, text)
    this.#writeFile(path.replace(/^.*\//, ''), text)
  }

  async #command(index: number, step: CommandStep): Promise<void> {
    const runner = runnerOf(step)
    const { source, files, missing } = localize(step.source, this.#options.examples)
    if (runner.by === 'nobody') return this.#skip(index, step, runner.reason)
    if (missing.length > 0) {
      return this.#skip(index, step, `nobody gave the example ${missing[0]} (--examples ADDRESS=FOLDER)`)
    }
    for (const [path, text] of Object.entries(files)) this.#options.terminals.writeFile(path, text)
    await this.#waitForTurn(index, step, runner)
    if (runner.by === 'node') await this.#askNode(index, step, runner.view)
    else await this.#type(index, { ...step, source }, step)
  }

  #skip(index: number, step: CommandStep, reason: string): void {
    this.#skipped.push(step)
    this.#shared = []
    this.#verdicts.set(index, this.#options.judge.notRun(step, reason))
  }

  /** Lets time go by until the page's schedule says that the command is typed. */
  async #waitForTurn(index: number, step: CommandStep, runner: Runner): Promise<void> {
    const isBusy = runner.by === 'terminal' && this.#pending.has(step.terminal)
    if (isBusy) await this.#finish(step.terminal)
    else if (this.#pending.size > 0) await this.#pass(SWITCH_MS)
    const { earliestMs } = this.#window(index)
    await this.#pass(this.#startMs + earliestMs - this.#now)
  }

  #window(index: number) {
    for (const name of this.#plan.unknownNames()) {
      const atMs = anchorMs(this.#options.history, name)
      if (atMs !== undefined) this.#plan.learn(name, atMs - this.#startMs)
    }
    return this.#plan.windowFor(index)
  }

  async #type(index: number, typedStep: CommandStep, step: CommandStep): Promise<void> {
    const { session } = await this.#options.terminals.named(step.terminal)
    this.#plan.learn(`typed ${index}`, this.#now - this.#startMs)
    const typed = step.isInContainer ? session.typeInside(typedStep.source) : session.type(typedStep.source)
    this.#pending.set(step.terminal, { index, step, typed })
    if (this.#opensShell(index) || this.#hangs(index, step)) return
    await this.#finish(step.terminal)
  }

  /** The next steps are typed into a shell that this command opens: it is judged with them, at its end. */
  #opensShell(index: number): boolean {
    const next = this.#nextCommand(index)
    const step = this.#page.steps[index]
    return next?.isInContainer === true && step?.kind === 'command' && !step.isInContainer
  }

  /** The page goes to another terminal while this command, which waits for the cluster, may still run. */
  #hangs(index: number, step: CommandStep): boolean {
    const next = this.#nextCommand(index)
    return (
      next !== undefined && next.terminal !== step.terminal && (waits(step.source) || isEndless(step.source))
    )
  }

  #nextCommand(index: number): CommandStep | undefined {
    return this.#page.steps.slice(index + 1).find((step) => step.kind === 'command')
  }

  /** Waits for the end of what was typed into a terminal, and judges it. */
  async #finish(terminal: string): Promise<void> {
    const pending = this.#pending.get(terminal)
    if (!pending) return
    this.#pending.delete(terminal)
    const { step, typed } = pending
    if (!step.isInContainer && this.#isInsideShell(pending)) return
    if (isEndless(step.source)) await this.#watch(pending)
    else await this.#options.cluster.clock.pass(typed.end, this.#now + this.#options.limits.commandMs)
    const hasEnded = typed.end.isSettled
    if (!hasEnded) await this.#interrupt(terminal, typed)
    await this.#conclude(pending, hasEnded || isEndless(step.source))
  }

  /** A command that has opened a shell is no command any more for which anybody waits. */
  #isInsideShell({ index, step }: Pending): boolean {
    const isInside = this.#opensShell(index)
    if (isInside)
      this.#verdicts.set(
        index,
        this.#options.judge.holds(step, { lines: [], atMs: this.#now, endMs: this.#now }),
      )
    return isInside
  }

  /** An endless command is left as soon as it has printed what the page shows. */
  async #watch({ step, typed }: Pending): Promise<void> {
    const { cluster, judge } = this.#options
    const shown = new Latch()
    const look = () => {
      if (judge.agrees(step, [...this.#shared, printedBy(typed, this.#now)])) shown.settle()
    }
    typed.onLine(look)
    typed.end.onSettle(() => shown.settle())
    look()
    const deadlineMs = this.#now + this.#options.limits.patienceMs + longestSpanMs(step)
    await cluster.clock.pass(shown, deadlineMs)
    if (!typed.end.isSettled) await this.#interrupt(step.terminal, typed)
  }

  async #interrupt(terminal: string, typed: TypedCommand): Promise<void> {
    const { session } = await this.#options.terminals.named(terminal)
    session.interrupt()
    await this.#options.cluster.clock.pass(typed.end, this.#now + INTERRUPT_MS)
  }

  /** Judges a command that has ended. One that only looks is typed again while the page's time allows it. */
  async #conclude(pending: Pending, hasEnded: boolean): Promise<void> {
    const { index, step, typed } = pending
    const { judge, limits } = this.#options
    let printed = await this.#withErrors(step, printedBy(typed, this.#now, limits.lines))
    if (this.#isSharedWithNext(index)) {
      this.#shared.push(printed)
      this.#verdicts.set(index, judge.holds(step, printed))
      return
    }
    let delayMs = RETRY_MS
    const mayAskAgain = hasEnded && isReadOnly(step.source)
    while (mayAskAgain && !judge.agrees(step, [...this.#shared, printed])) {
      if (!this.#mayWait(index, delayMs)) break
      await this.#pass(delayMs)
      const again = await this.#again(step)
      if (!again) break
      printed = again
      delayMs *= 2
    }
    const shared = this.#shared
    this.#shared = []
    this.#verdicts.set(
      index,
      judge.judge(index, step, [...shared, printed], { hasEnded, skipped: this.#skipped }),
    )
  }

  /** Whether the page's own spans leave so much time, and patience as well. */
  #mayWait(index: number, delayMs: number): boolean {
    const step = this.#page.steps[index]
    if (step?.kind !== 'command' || !step.expected) return false
    const { latestMs } = this.#window(index)
    const { patienceMs } = this.#options.limits
    const typedMs = (this.#plan.at(`typed ${index}`) ?? 0) + this.#startMs
    const limitMs = Math.min(this.#startMs + latestMs, typedMs + patienceMs)
    return this.#now + delayMs <= limitMs
  }

  async #again(step: CommandStep): Promise<Printed | undefined> {
    const { cluster, limits, examples, terminals } = this.#options
    const { session } = await terminals.named(step.terminal)
    const { source } = localize(step.source, examples)
    const typed = step.isInContainer ? session.typeInside(source) : session.type(source)
    await cluster.clock.pass(typed.end, this.#now + limits.commandMs)
    return typed.end.isSettled ? this.#withErrors(step, printedBy(typed, this.#now, limits.lines)) : undefined
  }

  /** The streams of a log reach it by two pipes; which line came by which, the node knows. */
  async #withErrors(step: CommandStep, printed: Printed): Promise<Printed> {
    const { cluster, history } = this.#options
    if (outputForm(step.source) !== 'log' || !cluster.node?.log) return printed
    const errorTexts: string[] = []
    for (const { pod, container } of history.loggedContainers()) {
      const lines = await cluster.node.log(history.facts.namespace, pod, container)
      errorTexts.push(...lines.filter(({ stream }) => stream === 'stderr').map(({ text }) => text))
    }
    return { ...printed, errorTexts }
  }

  /** Whether the page shows this command's output together with that of a later one. */
  #isSharedWithNext(index: number): boolean {
    const commands = this.#page.steps.flatMap((step, at) => (step.kind === 'command' ? [{ step, at }] : []))
    const place = commands.findIndex(({ at }) => at === index)
    return commands.some(({ step }, at) => at > place && at - (step.expected?.sharedWith ?? 0) <= place)
  }

  async #askNode(index: number, step: CommandStep, view: 'crictl ps' | 'docker ps'): Promise<void> {
    const { cluster, history, judge } = this.#options
    const atMs = this.#now
    const lines = await answerOfNode(view, step, { cluster, history })
    if (!lines) return this.#skip(index, step, `podproof has no access to the nodes of ${cluster.name}`)
    const printed: Printed = { lines: lines.map((text) => ({ text, stream: 'stdout' })), atMs, endMs: atMs }
    this.#verdicts.set(index, judge.judge(index, step, [printed], { hasEnded: true, skipped: this.#skipped }))
  }

  async #pass(ms: number): Promise<void> {
    if (ms > 0) await this.#options.cluster.clock.pass(new Latch(), this.#now + ms)
  }
}

/** kubectl ends at once when it is interrupted. */
const INTERRUPT_MS = 5_000

function printedBy(typed: TypedCommand, nowMs: number, mostLines = Infinity): Printed {
  return { lines: typed.lines.slice(0, mostLines), atMs: typed.atMs, endMs: typed.endMs ?? nowMs }
}

/** The longest age that a table shows: an endless command has to run that long. */
function longestSpanMs(step: CommandStep): number {
  const spans = (step.expected?.lines ?? []).flatMap(({ text }) => [
    ...text.matchAll(/\b(?:(\d+)h)?(?:(\d+)m)?(\d+)s\b/g),
  ])
  return Math.max(
    0,
    ...spans.map(([, h = '0', m = '0', s = '0']) => (Number(h) * 3_600 + Number(m) * 60 + Number(s)) * 1_000),
  )
}
