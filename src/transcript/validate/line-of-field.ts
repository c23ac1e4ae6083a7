// Finds the line of a manifest that a path of the API server speaks of: `spec.containers[0].image`.

import { isMap, isSeq, isScalar, LineCounter, parseAllDocuments } from 'yaml'

/**
 * The line, from 1, on which the field stands; of a field that is missing, the nearest that holds it. `first` is the line
 * on which its document begins.
 */
export function lineOfField(text: string, first: number, field: string): number {
  const counter = new LineCounter()
  const documents = parseAllDocuments(text, { lineCounter: counter })
  const lineAt = (offset: number | undefined) => (offset === undefined ? first : counter.linePos(offset).line)
  const document = (Array.isArray(documents) ? documents : []).findLast(
    ({ contents }) => lineAt(contents?.range?.[0]) <= first,
  )
  let node: unknown = document?.contents
  let line = first
  for (const key of keysOf(field)) {
    if (isMap(node)) {
      const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === key)
      if (!pair || !isScalar(pair.key)) return line
      line = lineAt(pair.key.range?.[0])
      node = pair.value
    } else if (isSeq(node)) {
      const item = node.items[Number(key)]
      if (typeof item !== 'object' || item === null || !('range' in item)) return line
      line = lineAt((item as { readonly range?: readonly number[] }).range?.[0])
      node = item
    } else return line
  }
  return line
}

/** `spec.containers[0].env[name].value` as keys; keys in brackets may hold dots. */
function keysOf(field: string): string[] {
  return [...field.matchAll(/\[([^\]]*)\]|([^.[\]]+)/g)].map(
    ([, bracketed, plain]) => bracketed ?? plain ?? '',
  )
}
