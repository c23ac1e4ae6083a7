// Finds where a typed command ends: continuation lines, open quotes, loops and here-documents belong to it.

import { parse } from 'unbash'

/**
 * How many of `lines` make up the command that begins with the first; at least 1. A command that never becomes
 * complete within `lines` is taken to be its first line alone, so that one stray quote cannot swallow a page.
 */
export function commandLength(lines: readonly string[]): number {
  for (let count = 1; count <= lines.length; count++) {
    if (isComplete(lines.slice(0, count).join('\n'))) return count
  }
  return 1
}

function isComplete(source: string): boolean {
  if (endsInBackslash(source)) return false
  if (hasOpenHereDocument(source)) return false
  return !(parse(source).errors ?? []).some(({ message }) =>
    /unterminated|unclosed|to close|expected|unexpected end/i.test(message),
  )
}

function endsInBackslash(source: string): boolean {
  const backslashes = /\\*$/.exec(source)?.[0].length ?? 0
  return backslashes % 2 === 1
}

/** Here-documents are closed by a line that is their word alone (for `<<-` behind tabs). */
function hasOpenHereDocument(source: string): boolean {
  const [first = '', ...rest] = source.split('\n')
  const words = hereDocumentWords(first)
  const waiting = words.filter(({ word, stripsTabs }) => {
    const end = rest.findIndex((line) => (stripsTabs ? line.replace(/^\t+/, '') : line) === word)
    return end < 0
  })
  return waiting.length > 0
}

function hereDocumentWords(line: string): { word: string; stripsTabs: boolean }[] {
  const outsideQuotes = line.replace(/<<<\s*(?:'[^']*'|"[^"]*"|\S+)/g, '')
  return [...outsideQuotes.matchAll(/<<(-?)\s*(?:'([^']+)'|"([^"]+)"|\\?([\w.!-]+))/g)].map((match) => ({
    word: match[2] ?? match[3] ?? match[4] ?? '',
    stripsTabs: match[1] === '-',
  }))
}
