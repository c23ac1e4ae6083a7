// Finds where a typed command ends: continuation lines, open quotes, loops and here-documents belong to it.

import { forEachChild, parse, type SyntaxNode } from 'unbash'

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
  const { commands, errors = [] } = parse(source)
  if (commands.some(hasOpenHereDocument)) return false
  return !errors.some(({ message }) =>
    /unterminated|unclosed|to close|expected|unexpected end/i.test(message),
  )
}

function endsInBackslash(source: string): boolean {
  const backslashes = /\\*$/.exec(source)?.[0].length ?? 0
  return backslashes % 2 === 1
}

/** The line that ends a here-document is still to come. */
function hasOpenHereDocument(node: SyntaxNode): boolean {
  if (node.type === 'HereDoc' && !node.closing) return true
  let isOpen = false
  forEachChild(node, (child) => {
    isOpen ||= hasOpenHereDocument(child)
  })
  return isOpen
}
