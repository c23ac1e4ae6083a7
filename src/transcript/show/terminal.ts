// Shows the verdicts on pages to a person at a terminal.

import type { Colours } from '../../report/colours.ts'
import { diffWords } from 'diff'
import { printable } from './printable.ts'
import { type CommandVerdict, countVerdicts, type PageFinding, type PageVerdict } from '../verdict.ts'

/** The verdicts on a page, what differs with its lines; `isVerbose` lists what holds as well. */
export function showPage(page: PageVerdict, colors: Colours, isVerbose: boolean): string {
  const commands = page.commands.filter(
    ({ verdict, drift }) => isVerbose || verdict !== 'holds' || drift.length > 0,
  )
  return [
    colors.bold(page.path),
    ...commands.map((command) => showCommand(page.path, command, colors)),
    ...page.findings.map((finding) => showFinding(page.path, finding, colors)),
    `  ${summary(page)}`,
    '',
  ].join('\n')
}

function summary(page: PageVerdict): string {
  const { holds, differs, notRun, drift, findings } = countVerdicts(page)
  const parts = [`${holds} held`, `${differs} differed`, `${notRun} not run`]
  if (drift > 0) parts.push(`${drift} in other words`)
  if (findings > 0)
    parts.push(`${findings} ${findings === 1 ? 'contradiction' : 'contradictions'} of the page with itself`)
  return parts.join(', ')
}

const SIGNS = { differs: '✗', holds: '✓', 'not run': '-' } as const

function showCommand(path: string, command: CommandVerdict, colors: Colours): string {
  const { step, verdict, reason, likely, differences, drift } = command
  const color = verdict === 'holds' ? colors.green : verdict === 'differs' ? colors.red : colors.yellow
  const [first = '', ...rest] = printable(step.source).split('\n')
  const lines = [
    `  ${color(SIGNS[verdict])} ${colors.dim(`${path}:${step.line}`)}  ${first.trim()}${rest.length > 0 ? ' …' : ''}`,
  ]
  if (reason) lines.push(`      ${likely ? `${likely}: ` : ''}${printable(reason)}`)
  if (drift.length > 0) lines.push(colors.dim(`      other words since ${drift.join(', ')}`))
  for (const { line, column, expected, seen } of differences) {
    const place = colors.dim(`${path}:${line.line}${column ? ` ${column}` : ''}`)
    lines.push(
      `      ${place}  ${seen === undefined ? `${colors.red(printable(expected))} was not printed` : wordDiff(printable(expected), printable(seen), colors)}`,
    )
  }
  return lines.join('\n')
}

/** The page's words in red, the replay's in green; without colours in brackets. */
function wordDiff(expected: string, seen: string, colors: Colours): string {
  const mark = (text: string, sign: string, color: (text: string) => string) =>
    colors.isColorSupported ? color(text) : `[${sign}${text}${sign}]`
  return diffWords(expected, seen)
    .map(({ value, added, removed }) =>
      removed ? mark(value, '-', colors.red) : added ? mark(value, '+', colors.green) : value,
    )
    .join('')
}

function showFinding(path: string, { lines, message }: PageFinding, colors: Colours): string {
  const places = lines.map(({ line }) => `${path}:${line}`).join(', ')
  return `  ${colors.red('✗')} ${colors.dim(places)}  ${printable(message)}`
}
