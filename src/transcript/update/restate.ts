// Says a line of the replay in the page's words: what is bound keeps the value that the author has seen.

import type { Bindings, VolatileKind } from '../compare/bindings.ts'
import type { Surroundings } from '../compare/line.ts'
import { tokenize } from '../compare/token.ts'

/** The line with every address, id and name that stands for one of the page put back into the page's words. */
export function restate(seen: string, bindings: Bindings, { nodeNames, namespace }: Surroundings): string {
  const withTokens = tokenize(seen).reduce(
    (line, token) =>
      'text' in token && isBound(token.kind) ? replaced(line, token.kind, token.text, bindings) : line,
    seen,
  )
  const withNodes = nodeNames.reduce((line, name) => replaced(line, 'node', name, bindings), withTokens)
  return namespace === 'default' ? withNodes : withNodes.replaceAll(namespace, 'default')
}

function isBound(kind: string): kind is VolatileKind {
  return kind !== 'text' && kind !== 'duration'
}

function replaced(line: string, kind: VolatileKind, seen: string, bindings: Bindings): string {
  const page = bindings.page(kind, seen)
  return page === undefined ? line : line.replaceAll(seen, page)
}
