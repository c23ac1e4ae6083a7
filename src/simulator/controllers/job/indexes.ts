// The indexes of an indexed Job, as its status writes them: `0,2-4`.

import type { Pod } from '../../../pod/json.ts'

export const INDEX = 'batch.kubernetes.io/job-completion-index'
export const INDEX_FAILURES = 'batch.kubernetes.io/job-index-failure-count'

/** The index of a Pod; undefined when it has none. */
export function indexOf({ metadata }: Pod): number | undefined {
  const text = metadata?.annotations?.[INDEX] ?? metadata?.labels?.[INDEX]
  return text === undefined || !/^\d+$/.test(text) ? undefined : Number(text)
}

/** How often the index had failed before this Pod. */
export function failuresBefore({ metadata }: Pod): number {
  return Number(metadata?.annotations?.[INDEX_FAILURES] ?? 0)
}

export function parseIndexes(text = ''): ReadonlySet<number> {
  const indexes = new Set<number>()
  for (const part of text.split(',').filter(Boolean)) {
    const [first = NaN, last = first] = part.split('-').map(Number)
    for (let index = first; index <= last; index++) indexes.add(index)
  }
  return indexes
}

/** Two that follow each other stay apart, three or more are a range. Source: job/indexed_job_utils.go:orderedIntervals.toString. */
export function formatIndexes(indexes: Iterable<number>): string {
  const parts: string[] = []
  let [first, last] = [-1, -2]
  const flush = () => {
    if (last < first) return
    if (last === first) parts.push(`${first}`)
    else parts.push(last === first + 1 ? `${first},${last}` : `${first}-${last}`)
  }
  for (const index of [...indexes].toSorted((a, b) => a - b)) {
    if (index === last + 1) last = index
    else {
      flush()
      ;[first, last] = [index, index]
    }
  }
  flush()
  return parts.join(',')
}
