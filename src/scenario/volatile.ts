// What differs between any two runs of the same scenario, replaced by its kind: `<uid>`, `<ip>`, `<age>`...

import type { History } from '../history/history.ts'
import { podOf } from '../history/rows.ts'

/** Patterns of texts that mean the same whatever they are, in this order. */
const PATTERNS: readonly (readonly [pattern: RegExp, word: string])[] = [
  [/\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g, '<uid>'],
  [/\b(containerd:\/\/|sha256:)?[0-9a-f]{64}\b/g, '<id>'],
  [/\bkube-api-access-[a-z0-9]{5}\b/g, 'kube-api-access-<id>'],
  [/\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/g, '<time>'],
  [/\b(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d \w{3} \d{4} \d\d:\d\d:\d\d [+-]\d{4}/g, '<time>'],
  [/\b\d{1,3}(\.\d{1,3}){3}\b/g, '<ip>'],
  [/\.[0-9a-f]{16}\b/g, '.<hash>'],
  [/\b(\d+[dhm])*\d+(\.\d+)?(ms|[smhd])\b/g, '<age>'],
  [/\bsize:? \d+\b/gi, 'size <n>'],
  [/ {2,}/g, '  '],
]

/** Fields whose value is whatever it is; only that there is one counts. */
const VOLATILE_FIELDS = new Set(['containerID', 'hostIP', 'imageID', 'ip', 'nodeName', 'podIP'])
/** Fields that say nothing about how a cluster behaves. */
const IGNORED_FIELDS = new Set(['managedFields', 'resourceVersion', 'uid'])

/** Makes the texts and objects of one history comparable with those of another. */
export class Volatile {
  #names: readonly (readonly [name: string, word: string])[]

  constructor(history: History) {
    const pods = history.timelines('Pod').flatMap(({ changes }) => changes.slice(0, 1))
    const generated = pods.flatMap(({ object: { metadata } }) =>
      metadata.generateName === undefined ? [] : [[metadata.name, `${metadata.generateName}<id>`] as const],
    )
    const nodes = history
      .timelines('Pod')
      .flatMap(({ changes }) => changes.flatMap((change) => nodeOf(change) ?? []))
    this.#names = [
      [history.facts.namespace, '<ns>'],
      ...generated,
      ...[...new Set(nodes)].map((node) => [node, '<node>'] as const),
    ]
  }

  /** A text in which what is volatile is replaced by its kind. */
  text(text: string): string {
    let stable = text
    for (const [name, word] of this.#names) stable = stable.replaceAll(name, word)
    for (const [pattern, word] of PATTERNS) stable = stable.replace(pattern, word)
    return stable.trimEnd()
  }

  /** A JSON value in which all texts are so. */
  value(value: unknown, field = ''): unknown {
    if (VOLATILE_FIELDS.has(field)) return value ? `<${field}>` : value
    if (typeof value === 'string') return this.text(value)
    if (Array.isArray(value)) return value.map((item) => this.value(item))
    if (typeof value !== 'object' || value === null) return value
    const entries = Object.entries(value).filter(([key]) => !IGNORED_FIELDS.has(key))
    return Object.fromEntries(entries.map(([key, item]) => [key, this.value(item, key)]))
  }
}

function nodeOf(change: Parameters<typeof podOf>[0]): string | undefined {
  return podOf(change)?.spec?.nodeName
}
