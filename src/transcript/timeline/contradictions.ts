// Tells how a page contradicts itself: spans that no timeline can keep together, a Pod that changes its node.

import { readTable } from '../compare/table.ts'
import type { Page, SourceLine } from '../page.ts'
import type { PageFinding } from '../verdict.ts'
import { objectKey, objectsCreated, resourceAsked } from './object-key.ts'
import { type LeftOver, type Schedule, scheduleOf } from './schedule.ts'
import { pageConstraints } from './page-constraints.ts'

/** The findings that need no cluster. */
export function contradictions(page: Page, schedule: Schedule): PageFinding[] {
  return [...schedule.leftOver.map((left) => spanFinding(page, left)), ...nodeChanges(page)]
}

function spanFinding(page: Page, { line, text, against }: LeftOver): PageFinding {
  const others = against.map((other) => `line ${other.line} (${other.text.trim()})`)
  const siding = sidingLines(page, line, against)
  const side =
    siding.length > 0
      ? `; ${siding.map((other) => `line ${other.line}`).join(', ')} sides with the latter`
      : ''
  const message =
    others.length === 0
      ? `${text} cannot be: the page's other spans leave no room for it`
      : `${text} in line ${line.line} (${line.text.trim()}) contradicts ${others.join(' and ')}${side}`
  return { lines: [line, ...against], message }
}

/** The lines that would have to be given up as well if the first were true and not those that it contradicts. */
function sidingLines(page: Page, line: SourceLine, against: readonly SourceLine[]): SourceLine[] {
  const without = new Set(against.map((other) => other.line))
  const rest = pageConstraints(page).filter(
    (constraint) => !constraint.line || !without.has(constraint.line.line),
  )
  const { leftOver } = scheduleOf(rest)
  return leftOver.map((left) => left.line).filter((other) => other.line !== line.line)
}

/** A Pod never changes its node. */
function nodeChanges(page: Page): PageFinding[] {
  const nodes = new Map<string, { readonly node: string; readonly line: SourceLine }>()
  const findings: PageFinding[] = []
  for (const step of page.steps) {
    if (step.kind !== 'command') continue
    for (const key of objectsCreated(step)) nodes.delete(key)
    const table = readTable(step.expected?.lines ?? [], ({ text }) => text)
    for (const { cells, line } of table?.rows ?? []) {
      const key = objectKey(resourceAsked(step.source), cells['NAME'] ?? '')
      const node = cells['NODE'] ?? '<none>'
      if (!key?.startsWith('pod/') || node === '<none>') continue
      const before = nodes.get(key)
      if (before && before.node !== node) {
        findings.push({
          lines: [line, before.line],
          message: `${key} runs on ${node}, but on ${before.node} in line ${before.line.line}`,
        })
      }
      nodes.set(key, { node, line })
    }
  }
  return findings
}
