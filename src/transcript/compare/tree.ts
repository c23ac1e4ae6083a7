// Compares what is indented, `describe` and YAML, as partial trees: what the page shows must be there, in its place.

import type { SourceLine } from '../page.ts'
import type { Bindings } from './bindings.ts'
import { type Surroundings, unifyLine } from './line.ts'
import { isElision } from './sequence.ts'

/** A line and what is indented below it. */
interface Branch<Line> {
  readonly line: Line
  readonly text: string
  readonly branches: readonly Branch<Line>[]
}

/** A line of the page that the replay does not have in that place. */
export interface TreeDifference {
  readonly line: SourceLine
  /** What stands in its place: the line with the same key; undefined when there is none. */
  readonly seen: string | undefined
}

/** Compares two indented texts. Lines that only the replay has do not count: newer versions tell more. */
export function unifyTrees(
  page: readonly SourceLine[],
  seen: readonly string[],
  bindings: Bindings,
  surroundings: Surroundings,
): { readonly bindings: Bindings; readonly differences: readonly TreeDifference[] } {
  const comparison = { bindings, differences: [] as TreeDifference[] }
  const isKept = (text: string) => text.trim() !== '' && !isElision(text)
  unifyBranches(
    branchesOf(
      page.filter(({ text }) => isKept(text)),
      ({ text }) => text,
    ),
    branchesOf(seen.filter(isKept), (text) => text),
    comparison,
    surroundings,
  )
  return comparison
}

function branchesOf<Line>(lines: readonly Line[], textOf: (line: Line) => string): Branch<Line>[] {
  const branches: Branch<Line>[] = []
  for (let index = 0; index < lines.length;) {
    const line = lines[index] as Line
    const indent = indentOf(textOf(line))
    let end = index + 1
    while (end < lines.length && indentOf(textOf(lines[end] as Line)) > indent) end++
    branches.push({ line, text: textOf(line), branches: branchesOf(lines.slice(index + 1, end), textOf) })
    index = end
  }
  return branches
}

function indentOf(text: string): number {
  return text.replaceAll('\t', '        ').search(/\S/)
}

function unifyBranches(
  page: readonly Branch<SourceLine>[],
  seen: readonly Branch<string>[],
  comparison: { bindings: Bindings; differences: TreeDifference[] },
  surroundings: Surroundings,
): void {
  let next = 0
  for (const branch of page) {
    const index = findBranch(branch, seen, next, comparison.bindings, surroundings)
    if (index === undefined) {
      comparison.differences.push({ line: branch.line, seen: sameKey(branch, seen)?.text.trim() })
    } else {
      const match = seen[index] as Branch<string>
      comparison.bindings =
        unifyLine(branch.text, match.text, comparison.bindings, surroundings) ?? comparison.bindings
      unifyBranches(branch.branches, match.branches, comparison, surroundings)
      next = index + 1
    }
  }
}

/** The branch that says what the page's does, and of several the first whose own branches agree as well. */
function findBranch(
  branch: Branch<SourceLine>,
  seen: readonly Branch<string>[],
  from: number,
  bindings: Bindings,
  surroundings: Surroundings,
): number | undefined {
  const candidates = seen
    .map((candidate, index) => ({ candidate, index }))
    .filter(
      ({ candidate, index }) =>
        index >= from && unifyLine(branch.text, candidate.text, bindings, surroundings),
    )
  if (candidates.length < 2) return candidates[0]?.index
  const whole = candidates.find(({ candidate }) => {
    const trial = { bindings, differences: [] as TreeDifference[] }
    unifyBranches(branch.branches, candidate.branches, trial, surroundings)
    return trial.differences.length === 0
  })
  return (whole ?? candidates[0])?.index
}

function sameKey(branch: Branch<SourceLine>, seen: readonly Branch<string>[]): Branch<string> | undefined {
  const key = keyOf(branch.text)
  return key === undefined ? undefined : seen.find(({ text }) => keyOf(text) === key)
}

function keyOf(text: string): string | undefined {
  return /^\s*-?\s*"?([\w .()/-]+?)"?:/.exec(text)?.[1]
}
