// Replays a page: takes its steps one after the other, each when the page's time has come, and collects the verdicts.

import type { ClaimStep, CommandStep, IncludeStep, Page } from '../page.ts'
import { runnerOf } from '../runnable.ts'
import type { Schedule } from '../timeline/schedule.ts'
import type { CommandVerdict } from '../verdict.ts'
import type { Judge } from './judge.ts'
import type { Limits } from './limits.ts'
import { type Examples, localize } from './page-files.ts'
import type { NodeView, Stage } from './stage.ts'
import { Turns } from './turns.ts'
import { Typist } from './typist.ts'

export interface PageRunOptions {
  readonly stage: Stage
  readonly judge: Judge
  readonly examples: Examples
  readonly limits: Limits
  /** Fills in what a page leaves to its reader (`<node-name>`), as far as the cluster leaves no choice. */
  readonly fillIn?: (source: string) => string
  /** Judges a sentence of ours that stands between two commands, at its place in the page's time. */
  readonly claim?: (claim: ClaimStep) => Promise<void>
}

/** Somebody who goes to another terminal needs a moment. */
const SWITCH_MS = 1_000

/** One replay of one page. */
export class PageRun {
  #page: Page
  #options: PageRunOptions
  #turns: Turns
  #typist: Typist
  #verdicts = new Map<number, CommandVerdict>()
  #skipped: CommandStep[] = []

  constructor(page: Page, schedule: Schedule, options: PageRunOptions) {
    const { stage, judge, limits } = options
    this.#page = page
    this.#options = options
    this.#turns = new Turns(page, schedule, stage)
    const onVerdict = (index: number, verdict: CommandVerdict) => this.#verdicts.set(index, verdict)
    this.#typist = new Typist({
      page,
      stage,
      judge,
      limits,
      onVerdict,
      turns: this.#turns,
      skipped: this.#skipped,
    })
  }

  /** Runs the page from its first step to its last; answers a verdict on every command, in the order of the page. */
  async run(): Promise<readonly CommandVerdict[]> {
    for (const [index, step] of this.#page.steps.entries()) {
      if (step.kind === 'file' && step.name !== undefined) this.#writeFile(step.name, step.content)
      else if (step.kind === 'include') this.#include(step)
      else if (step.kind === 'command') await this.#command(index, step)
      else if (step.kind === 'claim' && !this.#options.stage.isOver) await this.#options.claim?.(step)
    }
    await this.#typist.finishAll()
    return [...this.#verdicts].toSorted(([a], [b]) => a - b).map(([, verdict]) => verdict)
  }

  /** A page may name its files as it likes; none of them lies outside the home of its terminals. */
  #writeFile(name: string, content: string): void {
    const path = name.replace(/^~\//, '').replace(/^(?:\/|\.\/)+/, '')
    if (!path.split('/').includes('..')) this.#options.stage.writeFile(path, content)
  }

  #include({ path, content }: IncludeStep): void {
    if (content === undefined) return
    this.#writeFile(path, content)
    this.#writeFile(path.replace(/^.*\//, ''), content)
  }

  async #command(index: number, step: CommandStep): Promise<void> {
    const { stage, examples, fillIn = (source: string) => source } = this.#options
    const filled = fillIn(step.source)
    const runner = runnerOf({ ...step, source: filled })
    const { source, files, missing } = localize(filled, examples)
    if (runner.by === 'nobody') return this.#skip(index, step, runner.reason)
    if (missing.length > 0) {
      return this.#skip(index, step, `nobody gave the example ${missing[0]} (--examples ADDRESS=FOLDER)`)
    }
    for (const [path, text] of Object.entries(files)) stage.writeFile(path, text)
    if (runner.by === 'terminal' && this.#typist.isBusy(step.terminal)) await this.#typist.free(step.terminal)
    else if (this.#typist.isBusy()) await this.#turns.pause(SWITCH_MS)
    await this.#turns.waitFor(index)
    if (stage.isOver) return this.#skip(index, step, "the page's time was used up before")
    if (runner.by === 'node') await this.#askNode(index, step, runner.view)
    else await this.#typist.type(index, step, source)
  }

  #skip(index: number, step: CommandStep, reason: string): void {
    this.#skipped.push(step)
    this.#typist.forgetShared()
    this.#verdicts.set(index, this.#options.judge.notRun(step, reason))
  }

  async #askNode(index: number, step: CommandStep, view: NodeView): Promise<void> {
    const { stage, judge } = this.#options
    const atMs = stage.now()
    const lines = await stage.askNode(view, step)
    if (!lines) return this.#skip(index, step, `podproof has no access to the nodes of ${stage.name}`)
    const printed = { lines: lines.map((text) => ({ text, stream: 'stdout' as const })), atMs, endMs: atMs }
    this.#verdicts.set(
      index,
      judge.judge(index, step, [printed], { problem: undefined, skipped: this.#skipped }),
    )
  }
}
