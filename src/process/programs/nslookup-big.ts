// nslookup of busybox from 1.29 on: it asks the servers itself, and prints every answer.

import type { Bytes } from '../bytes.ts'
import type { Action } from '../effects.ts'
import { write } from '../io.ts'
import { askOnce, isAddress, resolverConfig, reverseName } from '../net/resolver.ts'
import type { Answer, Question, ResourceRecord } from '../network.ts'
import type { Program } from '../program.ts'
import type { Task } from '../task.ts'

type QuestionType = Question['type']
const types = new Set<string>(['A', 'AAAA', 'CNAME', 'PTR', 'SRV'])
const TIMEOUT_MS = 5_000

/** busybox/networking/nslookup.c with FEATURE_NSLOOKUP_BIG. */
export const nslookupBig: Program = {
  name: 'nslookup',
  *run(task) {
    const words = task.argv.slice(1)
    const options = words.filter((word) => word.startsWith('-'))
    const [host, server] = words.filter((word) => !word.startsWith('-'))
    if (host === undefined) {
      yield* write(task, 2, 'Usage: nslookup [-type=QUERY_TYPE] [-debug] HOST [DNS_SERVER]\n')
      return 1
    }
    const wanted = wantedTypes(options)
    if (typeof wanted === 'string') {
      yield* write(task, 2, `nslookup: invalid query type "${wanted}"\n`)
      return 1
    }
    return yield* lookUp(task, questions(task, host, wanted), server ?? resolverConfig(task).servers[0] ?? '')
  },
}

/** The types of `-type=`; undefined for none, a text for one that there is not. */
function wantedTypes(options: readonly Bytes[]): readonly QuestionType[] | string | undefined {
  const named = options.flatMap(
    (option) => /^-(?:type|querytype|q)=(.+)$/.exec(option)?.[1]?.toUpperCase() ?? [],
  )
  const unknown = named.find((name) => !types.has(name))
  if (unknown !== undefined) return unknown
  return named.length > 0 ? (named as QuestionType[]) : undefined
}

/** A name without a dot is asked for in every search domain; one with a dot only as it is. */
function questions(
  task: Task,
  host: Bytes,
  wanted: readonly QuestionType[] | undefined,
): readonly Question[] {
  if (isAddress(host) && !wanted) return [{ name: reverseName(host), type: 'PTR' }]
  const { search } = resolverConfig(task)
  const names =
    host.includes('.') || search.length === 0
      ? [host.replace(/\.$/, '')]
      : search.map((domain) => `${host}.${domain}`)
  return (wanted ?? (['A', 'AAAA'] as const)).flatMap((type) => names.map((name) => ({ name, type })))
}

function* lookUp(task: Task, asked: readonly Question[], server: string): Action<number> {
  const answers: (readonly [Question, Answer])[] = []
  for (const question of asked) {
    const answer = yield* askOnce(task, { address: server, port: 53 }, question, TIMEOUT_MS)
    if (answer) answers.push([question, answer])
    else if (answers.length === 0) {
      yield* write(task, 1, ';; connection timed out; no servers could be reached\n\n')
      return 1
    }
  }
  yield* write(task, 1, `Server:\t\t${server}\nAddress:\t${server}:53\n\n`)
  for (const [question, answer] of answers) yield* write(task, 1, `${block(question, answer)}\n`)
  return answers.length < asked.length || answers.some(([, { code }]) => code !== 'NOERROR') ? 1 : 0
}

function block({ name }: Question, { code, isAuthoritative, records }: Answer): Bytes {
  if (code !== 'NOERROR') return `** server can't find ${name}: ${code}\n`
  const heading = isAuthoritative || records.length === 0 ? '' : 'Non-authoritative answer:\n'
  return heading + records.map(lineOf).join('')
}

function lineOf({ name, type, data }: ResourceRecord): Bytes {
  switch (type) {
    case 'A':
    case 'AAAA':
      return `Name:\t${name}\nAddress: ${data}\n`
    case 'CNAME':
      return `${name}\tcanonical name = ${data}\n`
    case 'PTR':
      return `${name}\tname = ${data}\n`
    case 'SRV':
      return `${name}\tservice = ${data}\n`
  }
}
