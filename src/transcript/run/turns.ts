// When it is a command's turn: the page's plan, kept up to date with what the stage has seen.

import { elapse } from '../../time/elapse.ts'
import type { Page } from '../page.ts'
import { Plan, type TypingWindow } from '../timeline/plan.ts'
import type { Schedule } from '../timeline/schedule.ts'
import type { Stage } from './stage.ts'

export class Turns {
  #stage: Stage
  #page: Page
  #plan: Plan
  #startMs: number

  constructor(page: Page, schedule: Schedule, stage: Stage) {
    this.#page = page
    this.#plan = new Plan(schedule)
    this.#stage = stage
    this.#startMs = stage.now()
  }

  /** Lets time go by until the page's schedule says that the command is typed. */
  async waitFor(index: number): Promise<void> {
    await this.pause(this.#startMs + this.#window(index).earliestMs - this.#stage.now())
  }

  async pause(ms: number): Promise<void> {
    await elapse(this.#stage, ms)
  }

  /** Takes note that the command is typed now. */
  typed(index: number): void {
    this.#plan.learn(`typed ${index}`, this.#stage.now() - this.#startMs)
  }

  /** Whether the page's own spans leave time to type the command again in `delayMs`, and patience as well. */
  mayWait(index: number, delayMs: number, patienceMs: number): boolean {
    const step = this.#page.steps[index]
    if (step?.kind !== 'command' || !step.expected) return false
    const { latestMs } = this.#window(index)
    const typedMs = this.#plan.at(`typed ${index}`) ?? 0
    const limitMs = this.#startMs + Math.min(latestMs, typedMs + patienceMs)
    return this.#stage.now() + delayMs <= limitMs
  }

  #window(index: number): TypingWindow {
    for (const name of this.#plan.unknownNames()) {
      const atMs = this.#stage.anchorMs(name)
      if (atMs !== undefined) this.#plan.learn(name, atMs - this.#startMs)
    }
    return this.#plan.windowFor(index)
  }
}
