// YAML as Kubernetes reads it: version 1.1 without its dates and base-60 numbers, the first document only.

import type { Document } from 'yaml'
import { isMap, isScalar, isSeq, LineCounter, parseAllDocuments } from 'yaml'
import type { ReadText } from './json-text.ts'

/** What a YAML text says. A key that comes twice is told with its line, as Go's yaml does. */
export interface ReadYaml extends ReadText {
  /** `line 7: key "schedulerName" already set in map` */
  readonly repeats: readonly string[]
}

/** A text that is no YAML; `message` is like that of Go's yaml: `yaml: line 10: ...`. */
export class YamlTextError extends Error {}

export function readYamlText(text: string): ReadYaml {
  const lineCounter = new LineCounter()
  const documents = parseAllDocuments(text, {
    schema: 'yaml-1.1',
    customTags: withoutDates,
    uniqueKeys: false,
    lineCounter,
  })
  const document = Array.isArray(documents) ? documents[0] : undefined
  const [error] = document?.errors ?? []
  if (error)
    throw new YamlTextError(
      `yaml: line ${error.linePos?.[0].line ?? 1}: ${error.message.split(' at line')[0]}`,
    )
  const repeats = document?.contents ? [...repeatedKeys(document.contents, lineCounter)] : []
  return { value: valueOf(document), duplicates: [], oddNumbers: new Map(), repeats }
}

function valueOf(document: Document | undefined): unknown {
  // Aliases are followed; a document that grows out of hand by them is refused by the parser itself.
  return document?.toJS({ maxAliasCount: 100 }) ?? null
}

function withoutDates<T>(tags: readonly T[]): T[] {
  return tags.filter((tag) => {
    const { tag: name = '', format = '' } = tag as { readonly tag?: string; readonly format?: string }
    return name !== 'tag:yaml.org,2002:timestamp' && format !== 'TIME'
  })
}

function* repeatedKeys(node: unknown, lines: LineCounter): Generator<string> {
  if (isSeq(node)) for (const item of node.items) yield* repeatedKeys(item, lines)
  if (!isMap(node)) return
  const seen = new Set<unknown>()
  for (const { key, value } of node.items) {
    if (isScalar(key)) {
      if (seen.has(key.value)) yield repeatText(key.value, lines.linePos(key.range?.[0] ?? 0).line)
      seen.add(key.value)
    }
    yield* repeatedKeys(value, lines)
  }
}

function repeatText(key: unknown, line: number): string {
  return `line ${line}: key ${JSON.stringify(key)} already set in map`
}
