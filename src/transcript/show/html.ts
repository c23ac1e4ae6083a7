// Shows a page as its author wrote it, with a margin: green where it holds, red where it does not, grey where nobody looked.

import { escapeMarkup as escapeText } from '../../report/escape-markup.ts'
import type { CommandVerdict, PageVerdict } from '../verdict.ts'
import { printable } from './printable.ts'

interface Mark {
  readonly kind: 'differs' | 'drift' | 'holds' | 'not-run'
  readonly notes: readonly string[]
}

/** The page as one self-contained HTML document. `text` is the page's own. */
export function pageAsHtml(page: PageVerdict, text: string): string {
  const marks = marksOf(page)
  const lines = text.split('\n').map((line, index) => lineElement(line, index + 1, marks.get(index + 1)))
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>${escapeMarkup(page.path)}</title>
<style>${STYLE}</style>
</head>
<body>
<h1>${escapeMarkup(page.path)}</h1>
<table>
${lines.join('\n')}
</table>
</body>
</html>
`
}

function lineElement(line: string, number: number, mark: Mark | undefined): string {
  const notes = (mark?.notes ?? []).map((note) => `<div class="note">${escapeMarkup(note)}</div>`).join('')
  const code = `<code>${escapeMarkup(line) || ' '}</code>`
  return `<tr id="L${number}"${mark ? ` class="${mark.kind}"` : ''}><td class="number">${number}</td><td>${code}${notes}</td></tr>`
}

/** What the margin says beside each line. A line that differs outweighs everything else. */
function marksOf({ commands, findings }: PageVerdict): ReadonlyMap<number, Mark> {
  const marks = new Map<number, Mark>()
  for (const command of commands) markCommand(command, marks)
  for (const { lines, message } of findings) {
    for (const { line } of lines)
      marks.set(line, { kind: 'differs', notes: [...(marks.get(line)?.notes ?? []), message] })
  }
  return marks
}

function markCommand(command: CommandVerdict, marks: Map<number, Mark>): void {
  const { step, verdict, reason, differences, drift } = command
  const kind = verdict === 'not run' ? 'not-run' : drift.length > 0 ? 'drift' : 'holds'
  const wholeDiffers = verdict === 'differs' && differences.length === 0
  const note = reason === undefined ? [] : [reason]
  const driftNote = drift.length > 0 ? [`in other words since ${drift.join(', ')}`] : []
  marks.set(step.line, { kind: wholeDiffers ? 'differs' : kind, notes: [...note, ...driftNote] })
  const sourceLines = step.source.split('\n').length
  for (let offset = 1; offset < sourceLines; offset++) marks.set(step.line + offset, { kind, notes: [] })
  for (const { line } of step.expected?.lines ?? []) marks.set(line, { kind, notes: [] })
  for (const { line, column, seen } of differences) {
    const text = seen === undefined ? 'was not printed' : `the cluster says ${seen}`
    marks.set(line.line, {
      kind: 'differs',
      notes: [...(marks.get(line.line)?.notes ?? []), column ? `${column}: ${text}` : text],
    })
  }
}

const STYLE = `:root { color-scheme: light dark; }
body { max-width: 70rem; margin: 2rem auto; padding: 0 1rem; font: 15px/1.5 system-ui, sans-serif; }
table { border-collapse: collapse; width: 100%; }
td { padding: 0 .8rem; vertical-align: top; border-left: 4px solid transparent; }
.number { color: #8b949e; text-align: right; user-select: none; width: 3rem; font: 12px/1.6 ui-monospace, monospace; }
code { white-space: pre-wrap; font: 13px/1.5 ui-monospace, monospace; }
.holds td:last-child { border-left-color: #2da44e; }
.differs td:last-child { border-left-color: #cf222e; background: #cf222e1a; }
.drift td:last-child { border-left-color: #d4a72c; }
.not-run td:last-child { border-left-color: #8b949e; }
.note { font-size: 13px; color: #cf222e; }
.drift .note, .not-run .note { color: #8b949e; }`

/** No document takes control characters: XML forbids them. */
function escapeMarkup(text: string): string {
  return escapeText(printable(text))
}
