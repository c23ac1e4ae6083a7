// When to type the next command: the page's schedule, corrected by what has happened so far.

import { latest, solve } from './difference-constraints.ts'
import { type PageConstraint, START } from './page-constraints.ts'
import type { Schedule } from './schedule.ts'

/** An output is taken a little after the earliest instant that its spans allow: ages are told in whole seconds. */
const MARGIN_MS = 250

/** Between which instants a command may be typed, in milliseconds after the first; `latestMs` may be infinite. */
export interface TypingWindow {
  readonly earliestMs: number
  readonly latestMs: number
}

/** A schedule that learns. Instants are milliseconds after the first command of the page was typed. */
export class Plan {
  #schedule: Schedule
  #known = new Map<string, number>()

  constructor(schedule: Schedule) {
    this.#schedule = schedule
  }

  /** Says when something really happened: `typed 3`, `created pod/x`, `initialized pod/x 1`, `started pod/x main`. */
  learn(name: string, atMs: number): void {
    this.#known.set(name, atMs)
  }

  /** When something happened, as far as it was learnt. */
  at(name: string): number | undefined {
    return this.#known.get(name)
  }

  /** The names of instants that the page's spans depend on, as far as they have not been learnt. */
  unknownNames(): string[] {
    const names = new Set(this.#schedule.kept.flatMap(({ from, to }) => [from, to]))
    return [...names].filter(
      (name) => !this.#known.has(name) && !/^(?:typed|printed) /.test(name) && name !== START,
    )
  }

  /**
   * When the command of step `index` may be typed, for the first time or again. Where reality has left the schedule no room, what it contradicts is
   * given up: what is only usual first, then claims, the earliest of the page first.
   */
  windowFor(index: number): TypingWindow {
    const name = `typed ${index}`
    let constraints = this.#open(name)
    for (;;) {
      const solution = solve(constraints, START)
      if (solution.isPossible) {
        const earliestMs = solution.atMs.get(name) ?? 0
        return {
          earliestMs,
          latestMs: Math.max(earliestMs, latest(constraints, START).get(name) ?? Infinity),
        }
      }
      const given = leastCertain(solution.conflict)
      if (!given) return { earliestMs: 0, latestMs: Infinity }
      constraints = constraints.filter((constraint) => constraint !== given)
    }
  }

  /** The constraints that can still be kept, with known instants in place of their names; that of `asked` is left open. */
  #open(asked: string): Open[] {
    const known = [...this.#known].filter(([name]) => name !== asked)
    const names = new Set([START, ...known.map(([name]) => name)])
    const constraints = this.#schedule.kept
      .filter(({ from, to }) => !names.has(from) || !names.has(to))
      .map(withMargin)
    return [...constraints, ...known.map(([name, atMs]) => fixed(name, atMs))]
  }
}

/** Of constraints that cannot all be kept, the one to give up; undefined when all are facts. */
function leastCertain(conflict: readonly Open[]): Open | undefined {
  const claims = conflict.filter(({ line }) => line !== undefined)
  const [earliest] = claims.toSorted((a, b) => (a.line?.line ?? 0) - (b.line?.line ?? 0))
  return conflict.find(({ isUsual }) => isUsual) ?? earliest ?? conflict.find(({ isFact }) => !isFact)
}

/** Claims are met well inside their interval. */
function withMargin(constraint: PageConstraint): PageConstraint {
  if (!constraint.line) return constraint
  const marginMs = Math.min(MARGIN_MS, (constraint.mostMs - constraint.leastMs) / 3)
  return { ...constraint, leastMs: constraint.leastMs + marginMs, mostMs: constraint.mostMs - marginMs }
}

function fixed(name: string, atMs: number): Open {
  return { from: START, to: name, leastMs: atMs, mostMs: atMs, line: undefined, text: '', isFact: true }
}

/** A constraint that may have to be given up, or what has really happened. */
interface Open extends PageConstraint {
  readonly isFact?: true
}
