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
  /** An elision stands before it: what it stands in may be left out. */
  readonly isElided: boolean
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
  const roots = branchesOf(page, ({ text }) => text).map((root) => ({ ...root, isElided: true }))
  unifyBranches(
    roots,
    branchesOf(seen, (text) => text),
    comparison,
    surroundings,
  )
  return comparison
}

function branchesOf<Line>(all: readonly Line[], textOf: (line: Line) => string): Branch<Line>[] {
  const lines = all.filter((line) => textOf(line).trim() !== '')
  const branches: Branch<Line>[] = []
  let isElided = false
  for (let index = 0; index < lines.length;) {
    const line = lines[index] as Line
    const isBranch = !isElision(textOf(line))
    let end = index + 1
    while (end < lines.length && isBranch && isBelow(textOf(lines[end] as Line), textOf(line))) end++
    const below = lines.slice(index + 1, end)
    if (isBranch) branches.push({ line, text: textOf(line), branches: branchesOf(below, textOf), isElided })
    isElided = !isBranch
    index = end
  }
  return branches
}

/** What is indented further, and the items of a list, which YAML may write below their key without an indent. */
function isBelow(text: string, parent: string): boolean {
  const further = indentOf(text) - indentOf(parent)
  return further > 0 || (further === 0 && /^\s*- /.test(text) && /^\s*[^-\s].*:\s*$/.test(parent))
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
    if (index === undefined && branch.isElided && unifyDeeper(branch, seen, comparison, surroundings))
      continue
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

/** A page may leave out what something stands in: `...` and then `resources:`. The first place that agrees counts. */
function unifyDeeper(
  branch: Branch<SourceLine>,
  seen: readonly Branch<string>[],
  comparison: { bindings: Bindings; differences: TreeDifference[] },
  surroundings: Surroundings,
): boolean {
  const below = seen.flatMap(({ branches }) => branches)
  if (below.length === 0) return false
  for (const candidate of below) {
    const trial = { bindings: comparison.bindings, differences: [] as TreeDifference[] }
    unifyBranches([{ ...branch, isElided: false }], [candidate], trial, surroundings)
    if (trial.differences.length > 0) continue
    comparison.bindings = trial.bindings
    return true
  }
  return unifyDeeper(branch, below, comparison, surroundings)
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
