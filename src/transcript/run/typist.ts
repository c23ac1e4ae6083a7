// Types commands into the terminals of a page, and follows each to its verdict.

import type { TypedCommand } from '../../terminal/shell-session.ts'
import { Latch } from '../../time/latch.ts'
import type { CommandStep, Page } from '../page.ts'
import type { CommandVerdict } from '../verdict.ts'
import type { Judge, Printed } from './judge.ts'
import type { Limits } from './limits.ts'
import { isNotYet, isOnItsWay } from './on-its-way.ts'
import { hangs, isSharedWithNext, opensShell } from './outline.ts'
import { isEndless, isReadOnly, outputForm } from './output-form.ts'
import { longestSpanMs } from './longest-span.ts'
import type { Shell, Stage } from './stage.ts'
import type { Turns } from './turns.ts'

export interface TypistOptions {
  readonly page: Page
  readonly stage: Stage
  readonly turns: Turns
  readonly judge: Judge
  readonly limits: Limits
  /** Called once for each command that was typed. */
  readonly onVerdict: (index: number, verdict: CommandVerdict) => void
  /** Commands that were not run so far. */
  readonly skipped: readonly CommandStep[]
}

/** The first pause before a command that only looks is typed again; each further one is twice as long. */
const RETRY_MS = 1_000
/** Within so long kubectl has said that it cannot open a shell. */
const OPENING_MS = 500
/** kubectl ends at once when it is interrupted. */
const INTERRUPT_MS = 5_000

/** A command that was typed and has not been judged. */
interface Pending {
  readonly index: number
  readonly step: CommandStep
  /** What was typed: the step's own words, or with addresses replaced by files. */
  readonly source: string
  readonly typed: TypedCommand
}

export class Typist {
  #options: TypistOptions
  #pending = new Map<string, Pending>()
  /** Commands that have opened a shell in a container, in which the page goes on. */
  #shells = new Map<string, Pending>()
  /** Outputs of commands whose output the page shows together with that of the next. */
  #shared: Printed[] = []

  constructor(options: TypistOptions) {
    this.#options = options
  }

  /** Whether something still runs in that terminal; without one, whether a command that somebody waits for does in any. */
  isBusy(terminal?: string): boolean {
    return terminal === undefined
      ? this.#pending.size > 0
      : this.#pending.has(terminal) || this.#shells.has(terminal)
  }

  /** Forgets what was printed for an output that the page shows further on: its command is not run. */
  forgetShared(): void {
    this.#shared = []
  }

  /** Types the command of step `index`; follows it to its end unless the page leaves it running. */
  async type(index: number, step: CommandStep, pageSource: string): Promise<void> {
    const { page, turns, judge, onVerdict } = this.#options
    const shell = await this.#shell(step)
    if (step.isInContainer && !shell.isBusy) {
      onVerdict(index, judge.notRun(step, 'no shell is open in a container'))
      return
    }
    turns.typed(index)
    const source = judge.inSeenWords(pageSource)
    const pending = { index, step, source, typed: typeInto(shell, step, source) }
    if (opensShell(page, index)) return this.#open(pending)
    this.#pending.set(step.terminal, pending)
    if (!hangs(page, index)) await this.finish(step.terminal)
  }

  /** Somebody who wants a shell in a container that does not run yet tries again. */
  async #open(pending: Pending): Promise<void> {
    const { stage, turns, limits, judge, onVerdict } = this.#options
    const { index, step, source } = pending
    const giveUpMs = stage.now() + limits.patienceMs
    let { typed } = pending
    for (let delayMs = RETRY_MS; ; delayMs *= 2) {
      await stage.pass(typed.end, stage.now() + OPENING_MS)
      if (!typed.end.isSettled || !isNotYet(typed.lines) || stage.now() + delayMs > giveUpMs) break
      await turns.pause(delayMs)
      typed = typeInto(await this.#shell(step), step, source)
    }
    if (!typed.end.isSettled) this.#shells.set(step.terminal, { ...pending, typed })
    const printed = printedBy(typed, stage.now())
    const complaint = typed.lines.findLast(({ text }) => /\berror\b/i.test(text))
    onVerdict(
      index,
      typed.end.isSettled && complaint
        ? judge.unopened(step, printed, complaint.text)
        : judge.holds(step, { ...printed, lines: [] }),
    )
  }

  /** Makes a terminal free for a command of the host: what runs there comes to its end, a shell in a container is left. */
  async free(terminal: string): Promise<void> {
    await this.finish(terminal)
    const opened = this.#shells.get(terminal)
    this.#shells.delete(terminal)
    if (opened && !opened.typed.end.isSettled) await this.#leave(opened)
  }

  /** `exit` would end the container's own shell that was attached to: it is left alone. */
  async #leave({ step, typed }: Pending): Promise<void> {
    const { stage } = this.#options
    const shell = await this.#shell(step)
    if (!/\battach\b/.test(step.source)) shell.typeInside('exit')
    await stage.pass(typed.end, stage.now() + OPENING_MS)
    if (!typed.end.isSettled) await this.#interrupt(step, typed)
  }

  /** Follows whatever still runs to its end. */
  async finishAll(): Promise<void> {
    for (const terminal of [...this.#pending.keys(), ...this.#shells.keys()]) await this.free(terminal)
  }

  /** Waits for the end of what was typed into a terminal, and judges it. */
  async finish(terminal: string): Promise<void> {
    const pending = this.#pending.get(terminal)
    if (!pending) return
    this.#pending.delete(terminal)
    const { step, typed } = pending
    const { stage, limits } = this.#options
    if (isEndless(step.source)) await this.#watch(pending)
    else await stage.pass(typed.end, stage.now() + limits.commandMs)
    const hasEnded = typed.end.isSettled
    if (!hasEnded) await this.#interrupt(step, typed)
    await this.#conclude(pending, hasEnded || isEndless(step.source))
  }

  #shell(step: CommandStep): Promise<Shell> {
    return this.#options.stage.shell(step.terminal)
  }

  /** An endless command is left as soon as it has printed what the page shows. */
  async #watch({ step, typed }: Pending): Promise<void> {
    const { stage, judge, limits } = this.#options
    const shown = new Latch()
    const look = () => {
      if (judge.agrees(step, [...this.#shared, printedBy(typed, stage.now())])) shown.settle()
    }
    typed.onLine(look)
    typed.end.onSettle(() => shown.settle())
    look()
    await stage.pass(shown, stage.now() + limits.patienceMs + longestSpanMs(step))
    if (!typed.end.isSettled) await this.#interrupt(step, typed)
  }

  /** What does not hear ^C is ended with its terminal. */
  async #interrupt(step: CommandStep, typed: TypedCommand): Promise<void> {
    const { stage } = this.#options
    const shell = await this.#shell(step)
    shell.interrupt()
    await stage.pass(typed.end, stage.now() + INTERRUPT_MS)
    if (!typed.end.isSettled) shell.kill()
  }

  /** Judges a command that has ended. One that only looks is typed again while the page's time allows it. */
  async #conclude(pending: Pending, hasEnded: boolean): Promise<void> {
    const { index, step, typed } = pending
    const { page, judge, limits, turns, stage, onVerdict, skipped } = this.#options
    const first = await this.#withErrors(step, printedBy(typed, stage.now()))
    let printed = first
    if (isSharedWithNext(page, index) && hasEnded && !typed.isCut) {
      this.#shared.push(printed)
      onVerdict(index, judge.holds(step, printed))
      return
    }
    let delayMs = RETRY_MS
    const isUnsettled = ({ lines }: Printed) => {
      const differences = judge.differences(step, [...this.#shared, printed])
      return differences.length > 0 && isOnItsWay(step, lines, differences)
    }
    const mayAskAgain = () =>
      hasEnded &&
      !stage.isOver &&
      (isReadOnly(step.source) || isNotYet(printed.lines)) &&
      isUnsettled(printed) &&
      turns.mayWait(index, delayMs, limits.patienceMs)
    while (mayAskAgain()) {
      await turns.pause(delayMs)
      const again = await this.#again(pending)
      if (!again) break
      printed = again
      delayMs *= 2
    }
    // What never came is judged as it stood when the page looked.
    const isAnother = printed !== first
    const isBetter = isAnother && judge.agrees(step, [...this.#shared, printed])
    const last = isBetter || (isAnother && isNotYet(first.lines)) ? printed : first
    const outputs = [...this.#shared, last]
    this.#shared = []
    const problem = typed.isCut
      ? 'it printed more than a page can show'
      : hasEnded
        ? undefined
        : this.#whyUnended()
    onVerdict(index, judge.judge(index, step, outputs, { problem, skipped }))
  }

  #whyUnended(): string {
    return this.#options.stage.isOver ? "the page's time was used up while it ran" : 'the command did not end'
  }

  async #again({ step, source }: Pending): Promise<Printed | undefined> {
    const { stage, limits } = this.#options
    const typed = typeInto(await this.#shell(step), step, source)
    await stage.pass(typed.end, stage.now() + limits.commandMs)
    if (!typed.end.isSettled) await this.#interrupt(step, typed)
    return typed.end.isSettled ? this.#withErrors(step, printedBy(typed, stage.now())) : undefined
  }

  /** The streams of a log reach it by two pipes; which line came by which, the node knows. */
  async #withErrors(step: CommandStep, printed: Printed): Promise<Printed> {
    if (outputForm(step.source) !== 'log') return printed
    return { ...printed, errorTexts: await this.#options.stage.errorTexts() }
  }
}

function typeInto(shell: Shell, step: CommandStep, source: string): TypedCommand {
  // A bare prompt below an open shell is that shell's.
  return step.isInContainer || shell.isBusy ? shell.typeInside(source) : shell.type(source)
}

/** Of an output that was cut, the beginning says enough. */
function printedBy(typed: TypedCommand, nowMs: number): Printed {
  const lines = typed.lines.slice(0, typed.isCut ? MOST_LINES_OF_CUT : undefined)
  return { lines, atMs: typed.atMs, endMs: typed.endMs ?? nowMs }
}

const MOST_LINES_OF_CUT = 1_000
