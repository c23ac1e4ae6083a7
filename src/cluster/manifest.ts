// Reads manifests as Kubernetes does: YAML 1.1 or JSON, several documents in a file, every mistake with its place.

import { LineCounter, parseAllDocuments } from 'yaml'
import type { Document, Tags } from 'yaml'

/** One object of a manifest, as it was written: nothing added, nothing dropped. */
export interface ManifestObject {
  readonly apiVersion: string
  readonly kind: string
  readonly metadata: {
    readonly name?: string
    readonly generateName?: string
    readonly namespace?: string
    readonly [field: string]: unknown
  }
  readonly [field: string]: unknown
}

/** An object with the place where it begins. */
export interface ManifestDocument {
  readonly object: ManifestObject
  /** `file:line` */
  readonly place: string
}

/** A manifest that cannot be read: the message begins with `file:line:column`. */
export class ManifestError extends Error {
  readonly file: string
  readonly line: number
  readonly column: number

  constructor(file: string, line: number, column: number, problem: string) {
    super(`${file}:${line}:${column}: ${problem}`)
    this.name = 'ManifestError'
    this.file = file
    this.line = line
    this.column = column
  }
}

/**
 * Reads all objects of `text`; empty documents are left out, the items of a `List` are taken one by one. `file` is what
 * messages call it. Throws ManifestError.
 */
export function readManifest(text: string, file: string): readonly ManifestDocument[] {
  const lines = new LineCounter()
  // Kubernetes reads YAML 1.1 without sexagesimal numbers and timestamps (sigs.k8s.io/yaml): `yes` is true, `12:30` a text.
  const documents = parseAllDocuments(text, {
    schema: 'yaml-1.1',
    customTags: withoutDatesAndSexagesimals,
    lineCounter: lines,
    uniqueKeys: true,
    prettyErrors: false,
  })
  return (Array.isArray(documents) ? documents : []).flatMap((document) => {
    const [error] = document.errors
    if (error) {
      const { line, col } = lines.linePos(error.pos[0])
      throw new ManifestError(file, line, col, error.message)
    }
    return readDocument(document, file, lines)
  })
}

function readDocument(document: Document.Parsed, file: string, lines: LineCounter): ManifestDocument[] {
  const value: unknown = document.toJS()
  if (value === null || value === undefined) return []
  const { line, col } = lines.linePos(document.contents?.range[0] ?? 0)
  const objects = itemsOf(value) ?? [value]
  return objects.map((item) => {
    const problem = problemOf(item)
    if (problem !== undefined) throw new ManifestError(file, line, col, problem)
    return { object: item as ManifestObject, place: `${file}:${line}` }
  })
}

function itemsOf(value: unknown): readonly unknown[] | undefined {
  if (typeof value !== 'object' || value === null || Reflect.get(value, 'kind') !== 'List') return undefined
  const items: unknown = Reflect.get(value, 'items')
  return Array.isArray(items) ? items : undefined
}

/** What keeps a value from being a Kubernetes object at all; the rest is for the server to judge. */
function problemOf(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return 'expected an object with apiVersion and kind'
  const { apiVersion, kind, metadata } = value as Partial<ManifestObject>
  const missing = Object.entries({ apiVersion, kind }).filter(([, field]) => typeof field !== 'string')
  if (missing.length > 0) return `the object has no ${missing.map(([name]) => name).join(' and no ')}`
  if (typeof metadata !== 'object' || metadata === null) return `the ${kind} has no metadata`
  const isNamed = [metadata.name, metadata.generateName].some(
    (name) => typeof name === 'string' && name !== '',
  )
  return isNamed ? undefined : `the ${kind} has neither metadata.name nor metadata.generateName`
}

/** The number formats with colons, and dates, which YAML 1.1 has and Kubernetes' reader has not. */
const UNREAD_TAGS = new Set(['intTime', 'floatTime', 'timestamp'])

function withoutDatesAndSexagesimals(tags: Tags): Tags {
  return tags.filter((tag) => {
    if (typeof tag === 'string') return !UNREAD_TAGS.has(tag)
    return !(tag.tag === 'tag:yaml.org,2002:timestamp' || ('format' in tag && tag.format === 'TIME'))
  })
}
