// Recorded exchanges, done again with an API server over the kinds, in process.

import { kinds } from '../../../src/simulator/kinds/kinds.ts'
import { Api } from '../../../src/simulator/api/api.ts'
import { VirtualClock } from '../../../src/time/virtual.ts'
import { Random } from '../../../src/time/random.ts'
import type { Exchange, RecordedBody } from './recorded.ts'
import { NOW_MS, world } from './world.ts'

/** What two servers have to agree on: everything but what is drawn or counted. */
export interface Answer {
  readonly status: number
  /** The texts of the Warning headers. */
  readonly warnings: readonly string[]
  readonly body: unknown
}

/** Answers the exchanges of a theme in order, as one server that remembers what came before. */
export function replay(exchanges: readonly Exchange[]): readonly Answer[] {
  const registry = world('default', ...namespacesOf(exchanges))
  const api = new Api({ registry, kinds, timers: new VirtualClock(NOW_MS), random: new Random('api') })
  const ours = new Map<string, string>()
  return exchanges.map(({ request, response: recorded }) => {
    const { method, path, body } = request
    const headers = lowerCase(request.headers ?? {})
    const text = body === undefined ? {} : { body: textOf(translated(body, ours)) }
    const asked = { method, path, headers, ...text }
    if (isOfUnrecorded(request, recorded) && api.handle(asked).status === 404) seed(api, path, recorded.body)
    const response = api.handle(asked)
    const value = response.is === 'body' ? (response.body.value as RecordedBody) : undefined
    if (response.status < 300 && recorded.status < 300) learn(ours, recorded.body, value)
    return { status: response.status, warnings: warningsOf(response.headers), body: comparable(value) }
  })
}

/** What the real server said, in the same form. */
export function expected({ response }: Exchange): Answer {
  return { status: response.status, warnings: warningsOf(response.headers), body: comparable(response.body) }
}

function warningsOf({
  warning = [],
}: Readonly<Record<string, string | readonly string[] | undefined>>): readonly string[] {
  return typeof warning === 'string' ? [warning] : warning
}

/** Those in which something was created; the others were missing on purpose. */
function namespacesOf(exchanges: readonly Exchange[]): ReadonlySet<string> {
  const used = exchanges.filter(({ response }) => response.status < 300).map(({ request }) => request.path)
  return new Set(used.flatMap((path) => /\/namespaces\/([^/?]+)\//.exec(path)?.[1] ?? []))
}

/** Some objects were made by requests that are not in the recording; what was read of them is. */
function isOfUnrecorded(request: Exchange['request'], recorded: Exchange['response']): boolean {
  return request.method === 'GET' && recorded.status === 200 && recorded.body?.metadata?.name !== undefined
}

/** Makes such an object as it was read: nothing may be missing in it, and nothing may be added to it. */
function seed(api: Api, path: string, body: RecordedBody | undefined): void {
  const { uid: _, resourceVersion: _r, ...metadata } = body?.metadata ?? {}
  const collection = path.replace(/\/[^/]+$/, '')
  api.handle({ method: 'POST', path: collection, headers: {}, body: JSON.stringify({ ...body, metadata }) })
}

/** Learns which of our texts stands for which recorded one: uids, resourceVersions, generated names. */
function learn(ours: Map<string, string>, recorded: unknown, own: unknown): void {
  if (typeof recorded === 'string' && typeof own === 'string') {
    if (recorded !== own) ours.set(recorded, own)
  } else if (typeof recorded === 'object' && typeof own === 'object' && recorded !== null && own !== null) {
    const values = new Map(Object.entries(own))
    for (const [name, value] of Object.entries(recorded)) learn(ours, value, values.get(name))
  }
}

/** A body that was made from an answer of the real server, as it is when made from ours. */
function translated(value: unknown, ours: ReadonlyMap<string, string>): unknown {
  if (typeof value === 'string') return ours.get(value) ?? value
  if (Array.isArray(value)) return value.map((item) => translated(item, ours))
  if (typeof value !== 'object' || value === null) return value
  const known = Object.entries(value).filter(
    ([name, field]) => name !== 'resourceVersion' || isKnown(field, ours),
  )
  return Object.fromEntries(known.map(([name, field]) => [name, translated(field, ours)]))
}

function textOf(body: unknown): string {
  return typeof body === 'string' ? body : spaced(body)
}

/** A resourceVersion that no recorded answer told comes from a change that is not in the recording: it says nothing here. */
function isKnown(resourceVersion: unknown, ours: ReadonlyMap<string, string>): boolean {
  return typeof resourceVersion !== 'string' || ours.has(resourceVersion) || !/^\d{5}$/.test(resourceVersion)
}

/** JSON with a blank after every comma and colon, as the recorder wrote it: some answers quote it. */
function spaced(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(spaced).join(', ')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const fields = Object.entries(value).map(([name, field]) => `${JSON.stringify(name)}: ${spaced(field)}`)
  return `{${fields.join(', ')}}`
}

function lowerCase(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
}

/** Fields that no two servers have alike. */
const DRAWN = new Set(['creationTimestamp', 'managedFields', 'resourceVersion', 'uid'])

/** A copy without what is drawn, sorted by key, with generated suffixes, addresses and ports blotted out. */
function comparable(value: unknown): unknown {
  if (typeof value === 'string') return blotted(value)
  if (Array.isArray(value)) return value.map(comparable)
  if (typeof value !== 'object' || value === null) return value
  const fields = Object.entries(value)
    .filter(([name, field]) => !DRAWN.has(name) && field !== undefined)
    .map(([name, field]) => [name, name === 'nodePort' ? 'port' : comparable(field)] as const)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(fields)
}

function blotted(text: string): string {
  return (
    text
      .replaceAll(/-[b-z2-9]{5}(?=["'\s]|$)/g, '-?????')
      .replaceAll(/\b10\.96\.\d+\.\d+\b/g, '10.96.?.?')
      .replaceAll(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, '<uid>')
      // The recorder took a source out of the projected volumes, so that lines stand elsewhere than they are counted.
      .replaceAll(/@@ -\d+,\d+ \+\d+,\d+ @@/g, '@@ @@')
      .replaceAll(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/g, '<time>')
  )
}
