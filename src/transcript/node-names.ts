// The nodes of the cluster on which a page was written, as far as its outputs name them.

import { readTable } from './compare/table.ts'
import { readPage } from './read.ts'
import { resourceAsked, singularOf } from './timeline/object-key.ts'

/** The names of the nodes, in the order of the page; one node without a name of its own when it shows none. */
export function nodeNamesOf(text: string): readonly string[] {
  const names = new Set<string>()
  for (const step of readPage('', text).steps) {
    if (step.kind !== 'command') continue
    const table = readTable(step.expected?.lines ?? [], (line) => line.text)
    const areNodes = singularOf(resourceAsked(step.source) ?? '') === 'node'
    for (const { cells } of table?.rows ?? []) names.add((areNodes ? cells['NAME'] : cells['NODE']) ?? '')
  }
  const valid = [...names].filter((name) => /^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$/.test(name))
  return valid.length > 0 ? valid : ['node-1']
}
