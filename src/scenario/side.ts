// One of two runs that are compared, in words that do not depend on the run.

import type { ObjectChange } from '../history/entry.ts'
import type { History } from '../history/history.ts'
import { podOf, rowsOf } from '../history/rows.ts'
import type { Timeline } from '../history/timeline.ts'
import { allContainerStatuses } from '../pod/containers.ts'
import type { Tolerances } from './tolerances.ts'
import { Volatile } from './volatile.ts'

/** One of the two, in comparable words. */
export class Side {
  readonly history: History
  readonly pods: readonly Timeline[]
  readonly #volatile: Volatile
  readonly #chanceEvents: readonly string[]
  /** From here on the other may have ended already. */
  readonly #tailMs: number

  constructor(history: History, { chanceEvents, flickerMs }: Tolerances) {
    this.history = history
    this.#chanceEvents = chanceEvents
    this.#tailMs = history.endMs - flickerMs
    this.pods = history.timelines('Pod')
    this.#volatile = new Volatile(history)
  }

  /** The rows of a Pod with their offsets; the last of a Pod that is gone is `deleted`. */
  rows(pod: Timeline | undefined): Row[] {
    if (!pod) return []
    const rows = rowsOf(pod)
    return rows.map(({ change, ready, status, restarts }, index) => ({
      text: change.type === 'DELETED' ? 'deleted' : `${ready} ${status} ${restarts}`,
      ms: change.atMs - this.history.facts.startedAtMs,
      lastedMs: (rows[index + 1]?.change.atMs ?? this.history.endMs) - change.atMs,
    }))
  }

  /** The first object and the last status of a Pod. */
  fields(pod: Timeline | undefined): unknown {
    const [first] = pod?.changes ?? []
    return this.#volatile.value({ first: first?.object, last: { status: pod?.last?.object['status'] } })
  }

  /** `pod/container: 137 OOMKilled` for every instance that any status showed as ended. */
  exits(): Said[] {
    const exits = new Map<string, Said>()
    for (const { name, changes } of this.pods)
      for (const change of changes)
        for (const { id, text } of exitsIn(change)) {
          const key = `${name}/${id}`
          const said = { text: this.#volatile.text(`${name}/${text}`), isLate: this.#isLate(change.atMs) }
          if (!exits.has(key)) exits.set(key, said)
        }
    return [...exits.values()]
  }

  /** Each kind of Event once, and whether it first came so late that the other may have missed it. */
  events(): Said[] {
    const said = this.history.events().map(({ object, atMs }) => {
      const { involvedObject, type, reason, message } = object as EventFields
      const text = `${involvedObject?.kind} ${type} ${reason}: ${this.#volatile.text(message ?? '')}`
      return { text, isLate: this.#isLate(atMs) }
    })
    return once(said).filter(({ text }) => !this.#chanceEvents.some((chance) => text.includes(chance)))
  }

  /** Each line that the containers of a name wrote once: how often it came depends on when the run ended. */
  logs(): Map<string, Said[]> {
    const containers = this.history.loggedContainers().map(({ pod, container }) => {
      const lines = this.history.log(pod, container)
      const said = lines.map(({ text, atMs }) => ({
        text: this.#volatile.text(text),
        isLate: this.#isLate(atMs),
      }))
      return [this.#volatile.text(`${pod}/${container}`), once(said)] as const
    })
    return new Map(containers)
  }

  /** What a command printed. */
  lines(index: number): Said[] {
    const { stdout = '', stderr = '' } = this.history.commands[index] ?? {}
    const lines = `${stdout}\n${stderr}`.split('\n').map((line) => this.#volatile.text(line))
    return lines.filter((line) => line !== '').map((text) => ({ text, isLate: false }))
  }

  #isLate(atMs: number): boolean {
    return atMs > this.#tailMs
  }
}

/** A text that a run showed. */
export interface Said {
  readonly text: string
  readonly isLate: boolean
}

export interface Row {
  readonly text: string
  readonly ms: number
  /** Until the next row, or the end of the run. */
  readonly lastedMs: number
}

/** The ends of containers that a change of a Pod shows, and by what each is known again. */
function exitsIn(change: ObjectChange): readonly { readonly id: string; readonly text: string }[] {
  return allContainerStatuses(podOf(change) ?? {}).flatMap(({ name, state, lastState }) =>
    [lastState?.terminated, state?.terminated].flatMap((ended) =>
      ended
        ? [
            {
              id: `${name}/${ended.containerID}/${ended.finishedAt}`,
              text: `${name}: ${ended.exitCode} ${ended.reason ?? ''}`,
            },
          ]
        : [],
    ),
  )
}

function once(said: readonly Said[]): Said[] {
  const first = new Map<string, Said>()
  for (const each of said) if (!first.has(each.text)) first.set(each.text, each)
  return [...first.values()]
}

interface EventFields {
  readonly involvedObject?: { readonly kind?: string }
  readonly type?: string
  readonly reason?: string
  readonly message?: string
}
