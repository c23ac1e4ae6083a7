// Names and addresses as the C library resolves them: /etc/hosts, /etc/resolv.conf, search domains.

import { type Bytes, decode } from '../bytes.ts'
import type { Action } from '../effects.ts'
import { Interrupted } from '../io.ts'
import type { Answer, Endpoint, Question } from '../network.ts'
import { SystemError } from '../system-error.ts'
import type { Task } from '../task.ts'
import { WaitQueue } from '../wait-queue.ts'

/** What /etc/resolv.conf says. */
export interface ResolverConfig {
  readonly servers: readonly string[]
  readonly search: readonly string[]
  /** Names with fewer dots are first looked for in the search domains. */
  readonly ndots: number
}

/** How long one question waits for its answer, and how often it is asked (resolv.conf(5)). */
const TIMEOUT_MS = 5_000
const ATTEMPTS = 2
const DNS_PORT = 53

/** The configuration that a process finds; without a file the resolver asks its own host. */
export function resolverConfig(task: Task): ResolverConfig {
  const lines = linesOf(task, '/etc/resolv.conf').map((line) => line.trim().split(/\s+/))
  const servers = lines.flatMap(([key, value]) => (key === 'nameserver' && value ? [value] : []))
  const search = lines.findLast(([key]) => key === 'search')?.slice(1) ?? []
  const options = lines.filter(([key]) => key === 'options').flat()
  const ndots = options.findLast((option) => option.startsWith('ndots:'))?.slice('ndots:'.length)
  return { servers: servers.length > 0 ? servers : ['127.0.0.1'], search, ndots: Number(ndots ?? 1) }
}

/** The addresses of a name (IPv4 first in the order of the answer); none if it cannot be resolved. */
export function* addressesOf(task: Task, name: Bytes): Action<readonly string[]> {
  if (isAddress(name)) return [name]
  const known = hostsEntries(task).find(({ names }) => names.includes(name.toLowerCase()))
  if (known) return [known.address]
  const config = resolverConfig(task)
  for (const candidate of candidates(name, config)) {
    const answer = yield* ask(task, config.servers, { name: candidate, type: 'A' })
    if (!answer) return []
    const addresses = answer.records.filter((record) => record.type === 'A').map((record) => record.data)
    if (addresses.length > 0) return addresses
    // Only "no such name" and "no such record" lead on to the next domain.
    if (answer.code !== 'NXDOMAIN' && answer.code !== 'NOERROR') return []
  }
  return []
}

/** The name of an address: of /etc/hosts, or of its PTR record. */
export function* nameOf(task: Task, address: string): Action<string | undefined> {
  const known = hostsEntries(task).find((entry) => entry.address === address)
  if (known) return known.names[0]
  const question = { name: reverseName(address), type: 'PTR' } as const
  const answer = yield* ask(task, resolverConfig(task).servers, question)
  return answer?.records.find((record) => record.type === 'PTR')?.data
}

/** Asks one server after the other, as often as the C library does; undefined if none answers. */
export function* ask(task: Task, servers: readonly string[], question: Question): Action<Answer | undefined> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    for (const address of servers) {
      const answer = yield* askOnce(task, { address, port: DNS_PORT }, question, TIMEOUT_MS)
      if (answer) return answer
    }
  }
  return undefined
}

/** Asks one server once; undefined after the timeout. */
export function* askOnce(
  task: Task,
  server: Endpoint,
  question: Question,
  timeoutMs: number,
): Action<Answer | undefined> {
  const arrived = new WaitQueue()
  let answer: Answer | undefined
  const pending = task.table.surroundings.network.query(server, question, (result) => {
    answer = result
    arrived.wakeAll()
  })
  const untilMs = task.now() + timeoutMs
  while (!answer && task.now() < untilMs) {
    const resumption = yield { effect: 'wait', queues: [arrived], untilMs }
    if (resumption === 'ready' || resumption === 'timeout') continue
    pending.cancel()
    throw new Interrupted(resumption)
  }
  if (!answer) pending.cancel()
  return answer
}

/** The absolute names that a name may stand for, in the order in which they are tried. */
export function candidates(name: Bytes, { search, ndots }: ResolverConfig): readonly string[] {
  if (name.endsWith('.')) return [name.slice(0, -1)]
  const dots = name.split('.').length - 1
  const searched = search.map((domain) => `${name}.${domain.replace(/\.$/, '')}`)
  return dots >= ndots ? [name, ...searched] : [...searched, name]
}

/** Whether a text is an IPv4 or IPv6 address. */
export function isAddress(text: string): boolean {
  return /^\d{1,3}(?:\.\d{1,3}){3}$/.test(text) || /^[0-9a-fA-F]*:[0-9a-fA-F:.]*$/.test(text)
}

/** The name whose PTR record holds the name of an IPv4 address. */
export function reverseName(address: string): string {
  return `${address.split('.').toReversed().join('.')}.in-addr.arpa`
}

function hostsEntries(
  task: Task,
): readonly { readonly address: string; readonly names: readonly string[] }[] {
  return linesOf(task, '/etc/hosts')
    .map((line) => line.replace(/#.*/, '').trim().split(/\s+/))
    .flatMap(([address, ...names]) =>
      address ? [{ address, names: names.map((name) => name.toLowerCase()) }] : [],
    )
}

function linesOf(task: Task, path: string): readonly string[] {
  try {
    return decode(task.files.read(path)).split('\n')
  } catch (error) {
    if (error instanceof SystemError) return []
    throw error
  }
}
