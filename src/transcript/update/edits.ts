// Puts new outputs into the text of a page, and touches not a byte beside them.

import type { ExpectedOutput } from '../page.ts'

/** One output of the page and the lines that should stand there. */
export interface OutputEdit {
  readonly expected: ExpectedOutput
  readonly lines: readonly string[]
}

/**
 * The page with the edits made. Each line keeps the indent of its list or quote; the line ends of the page stay as they
 * are. Edits that change nothing leave the text byte for byte.
 */
export function editedPage(text: string, edits: readonly OutputEdit[]): string {
  return edits
    .filter(({ expected }) => expected.lines.length > 0)
    .toSorted((a, b) => startOf(b) - startOf(a))
    .reduce(withEdit, text)
}

function withEdit(text: string, edit: OutputEdit): string {
  const { expected, lines } = edit
  const start = startOf(edit)
  const last = expected.lines.at(-1)
  const end = last ? last.offset + last.text.length : start
  const lineStart = text.lastIndexOf('\n', start - 1) + 1
  const indent = text.slice(lineStart, start)
  const lineEnd =
    text.slice(start, end).includes('\r\n') || text.slice(end, end + 2) === '\r\n' ? '\r\n' : '\n'
  return text.slice(0, start) + lines.join(lineEnd + indent) + text.slice(end)
}

function startOf({ expected }: OutputEdit): number {
  return expected.lines[0]?.offset ?? 0
}
