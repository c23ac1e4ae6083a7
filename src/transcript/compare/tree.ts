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

/** Where the next branch of a page is looked for: behind the one that agreed last. */
interface Scope {
  readonly seen: readonly Branch<string>[]
  readonly from: number
}

/**
 * Looks for the page's branches one after the other. A page may leave out what they stand in (`...` and then `resources:`):
 * those that follow are looked for in the deepest place first, then in what that stands in.
 */
function unifyBranches(
  page: readonly Branch<SourceLine>[],
  seen: readonly Branch<string>[],
  comparison: { bindings: Bindings; differences: TreeDifference[] },
  surroundings: Surroundings,
): void {
  let scopes: readonly Scope[] = [{ seen, from: 0 }]
  for (const branch of page) {
    const found =
      foundIn(scopes, branch, comparison.bindings, surroundings) ??
      (branch.isElided
        ? (foundBelow(scopes, branch, comparison.bindings, surroundings, agrees) ??
          foundBelow(scopes, branch, comparison.bindings, surroundings, unifies))
        : undefined)
    const [scope] = found ?? []
    const match = scope?.seen[scope.from]
    if (!found || !scope || !match) {
      comparison.differences.push({ line: branch.line, seen: sameKey(branch, seen)?.text.trim() })
      continue
    }
    comparison.bindings =
      unifyLine(branch.text, match.text, comparison.bindings, surroundings) ?? comparison.bindings
    unifyBranches(branch.branches, match.branches, comparison, surroundings)
    scopes = [{ ...scope, from: scope.from + 1 }, ...found.slice(1)]
  }
}

/** The scopes, the innermost first and at the branch that agrees; undefined when none does. */
function foundIn(
  scopes: readonly Scope[],
  branch: Branch<SourceLine>,
  bindings: Bindings,
  surroundings: Surroundings,
): readonly Scope[] | undefined {
  for (const [depth, { seen, from }] of scopes.entries()) {
    const index = findBranch(branch, seen, from, bindings, surroundings)
    if (index !== undefined) return [{ seen, from: index }, ...scopes.slice(depth + 1)]
  }
  return undefined
}

/** Whether a branch may be the one that the page shows. */
type Fits = (
  branch: Branch<SourceLine>,
  candidate: Branch<string>,
  bindings: Bindings,
  surroundings: Surroundings,
) => boolean

/** The same for what stands deeper than any of the scopes: the first place of a branch that fits. */
function foundBelow(
  scopes: readonly Scope[],
  branch: Branch<SourceLine>,
  bindings: Bindings,
  surroundings: Surroundings,
  fits: Fits,
): readonly Scope[] | undefined {
  for (const [depth, scope] of scopes.entries()) {
    const outer = scopes.slice(depth + 1)
    const found = deeper(branch, scope.seen.slice(Math.max(0, scope.from - 1)), bindings, surroundings, fits)
    if (found) return [...found, { ...scope, from: scope.from }, ...outer]
  }
  return undefined
}

function deeper(
  branch: Branch<SourceLine>,
  seen: readonly Branch<string>[],
  bindings: Bindings,
  surroundings: Surroundings,
  fits: Fits,
): readonly Scope[] | undefined {
  const parents = seen.filter(({ branches }) => branches.length > 0)
  for (const { branches } of parents) {
    const from = branches.findIndex((candidate) => fits(branch, candidate, bindings, surroundings))
    if (from >= 0) return [{ seen: branches, from }]
  }
  for (const { branches } of parents) {
    const found = deeper(branch, branches, bindings, surroundings, fits)
    if (found) return found
  }
  return undefined
}

/** Whether a branch itself says what the page's does: what is different below it is told line by line. */
function unifies(
  { text }: Branch<SourceLine>,
  candidate: Branch<string>,
  bindings: Bindings,
  surroundings: Surroundings,
): boolean {
  return unifyLine(text, candidate.text, bindings, surroundings) !== undefined
}

/** Whether a branch says what the page's does, with everything below it. */
function agrees(
  branch: Branch<SourceLine>,
  candidate: Branch<string>,
  bindings: Bindings,
  surroundings: Surroundings,
): boolean {
  const bound = unifyLine(branch.text, candidate.text, bindings, surroundings)
  if (!bound) return false
  const trial = { bindings: bound, differences: [] as TreeDifference[] }
  unifyBranches(branch.branches, candidate.branches, trial, surroundings)
  return trial.differences.length === 0
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
  const whole = candidates.find(({ candidate }) => agrees(branch, candidate, bindings, surroundings))
  return (whole ?? candidates[0])?.index
}

function sameKey(branch: Branch<SourceLine>, seen: readonly Branch<string>[]): Branch<string> | undefined {
  const key = keyOf(branch.text)
  return key === undefined ? undefined : seen.find(({ text }) => keyOf(text) === key)
}

function keyOf(text: string): string | undefined {
  return /^\s*-?\s*"?([\w .()/-]+?)"?:/.exec(text)?.[1]
}
