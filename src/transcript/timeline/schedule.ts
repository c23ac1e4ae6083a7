// Finds when each command of a page was typed: the schedule that satisfies the most spans, and the smallest set left over.

import type { Page, SourceLine } from '../page.ts'
import { solve } from './difference-constraints.ts'
import { type PageConstraint, pageConstraints, START } from './page-constraints.ts'

/** A span of the page that no schedule can keep together with the others. */
export interface LeftOver {
  readonly line: SourceLine
  /** The words of the page: `5m4s`. */
  readonly text: string
  /** The lines with which it contradicts itself. */
  readonly against: readonly SourceLine[]
}

export interface Schedule {
  /** Every instant of the page, in milliseconds after the first step, the earliest that agrees with the page. */
  readonly atMs: ReadonlyMap<string, number>
  readonly leftOver: readonly LeftOver[]
  /** The constraints that the schedule keeps: to be solved again once real instants are known. */
  readonly kept: readonly PageConstraint[]
}

/** At most so many lines are left over before the page is said to have no timeline at all. */
const MOST_LEFT_OVER = 4

/** The schedule of a page. The fewest lines are left over; of equal choices, the one that contradicts the most others. */
export function schedulePage(page: Page): Schedule {
  return scheduleOf(pageConstraints(page))
}

/** The same for constraints. What is only usual is given up if fewer lines are left over without it. */
export function scheduleOf(constraints: readonly PageConstraint[]): Schedule {
  const usual = bestSchedule(constraints)
  if (usual.leftOver.length === 0) return usual
  const certain = bestSchedule(constraints.filter(({ isUsual }) => !isUsual))
  return certain.leftOver.length < usual.leftOver.length ? certain : usual
}

function bestSchedule(constraints: readonly PageConstraint[]): Schedule {
  const whole = solve(constraints, START)
  if (whole.isPossible) return { atMs: whole.atMs, leftOver: [], kept: constraints }
  const lines = claimLines(constraints)
  for (let count = 1; count <= MOST_LEFT_OVER; count++) {
    for (const left of choices(lines, count)) {
      const kept = constraints.filter(({ line }) => !line || !left.includes(line.line))
      const solution = solve(kept, START)
      if (solution.isPossible) {
        return {
          atMs: solution.atMs,
          leftOver: left.flatMap((line) => leftOver(line, constraints, kept)),
          kept,
        }
      }
    }
  }
  const kept = constraints.filter(({ line, isUsual }) => !line && !isUsual)
  const solution = solve(kept, START)
  const atMs = solution.isPossible ? solution.atMs : new Map<string, number>()
  return { atMs, leftOver: lines.flatMap((line) => leftOver(line, constraints, kept)), kept }
}

function claimLines(constraints: readonly PageConstraint[]): number[] {
  return [...new Set(constraints.flatMap(({ line }) => (line ? [line.line] : [])))]
}

/** Every way to choose `count` of the lines, in the order of the page. */
function* choices(lines: readonly number[], count: number): Generator<number[]> {
  if (count === 0) yield []
  else {
    for (const [index, line] of lines.entries()) {
      for (const rest of choices(lines.slice(index + 1), count - 1)) yield [line, ...rest]
    }
  }
}

/** Puts one line back, and sees which claims it then contradicts. */
function leftOver(line: number, all: readonly PageConstraint[], kept: readonly PageConstraint[]): LeftOver[] {
  const own = all.filter((constraint) => constraint.line?.line === line)
  const culprit = own.find((constraint) => !solve([...kept, constraint], START).isPossible) ?? own[0]
  if (!culprit?.line) return []
  const again = solve([...kept, culprit], START)
  const conflict = again.isPossible ? [] : again.conflict
  const against = conflict.flatMap((constraint) =>
    constraint.line && constraint.line.line !== line ? [constraint.line] : [],
  )
  return [
    {
      line: culprit.line,
      text: culprit.text,
      against: [...new Map(against.map((entry) => [entry.line, entry])).values()],
    },
  ]
}
