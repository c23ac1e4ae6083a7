// Programs that a led client has started on its host: how many there are, and whether they do anything.

import { hostWall } from './host.ts'
import { DOZE_MS, PATIENCE_MS } from './ownership.ts'
import type { OwnedProgram, Owner, RunningProgram } from './ownership.ts'
import { untilAnswered } from './until-quiet.ts'

const LOOK_MS = 100

/** What the programs do to the clock. */
export interface Held {
  /** There is one more or less, or they have fallen asleep or woken up. */
  readonly changed: () => void
  /** Makes time stand; the answer lets it go on. */
  readonly hold: () => () => void
}

/** The owner's programs on a led clock. */
export class LedPrograms implements Owner {
  readonly #held: Held
  readonly #programs = new Set<Entry>()
  /** Those that have ended since we heard of the leader: what they have written is still to be read. */
  readonly #ended = new Set<Entry>()
  #quietMs = 0
  #wasDozing = false

  constructor(held: Held) {
    this.#held = held
  }

  /** How many are under way. */
  get size(): number {
    return this.#programs.size
  }

  /** Whether they have done nothing for a while, so that one that does not wait must be sleeping on the wall. */
  get isDozing(): boolean {
    return this.#quietMs >= DOZE_MS
  }

  started({ isQuiet }: OwnedProgram): RunningProgram {
    const entry: Entry = { isQuiet, shiftMs: undefined, letGo: new Set() }
    this.#programs.add(entry)
    this.#change()
    return {
      get shiftMs() {
        return entry.shiftMs
      },
      told: () => this.#told(entry),
      givesUp: () => void entry.letGo.add(this.#held.hold()),
      exited: () => {
        for (const letGo of entry.letGo) letGo()
        this.#programs.delete(entry)
        this.#ended.add(entry)
        this.#change()
      },
    }
  }

  release(): void {
    this.#programs.clear()
  }

  /** We have heard of the leader: the times in an answer to one of them were moved by so much, if they were. */
  noteShift(ms: number | undefined): void {
    if (ms !== undefined) for (const entry of [...this.#programs, ...this.#ended]) entry.shiftMs = ms
    this.#ended.clear()
  }

  /** Looks at them while time goes by. Answers how to stop. */
  watch(): () => void {
    if (this.#programs.size === 0 || [...this.#programs].some(({ isQuiet }) => !isQuiet)) return () => {}
    const look = () => {
      this.#look()
      cancel = hostWall.after(LOOK_MS, look)
    }
    let cancel = hostWall.after(LOOK_MS, look)
    return () => cancel()
  }

  /** Whoever dozes may have come to wait for something meanwhile: time is asked to go by anew. */
  #look(): void {
    const areQuiet = [...this.#programs].every(({ isQuiet }) => isQuiet?.())
    this.#quietMs = areQuiet ? this.#quietMs + LOOK_MS : 0
    if (this.#wasDozing !== this.isDozing || (this.isDozing && this.#quietMs % DOZE_MS === 0))
      this.#held.changed()
    this.#wasDozing = this.isDozing
  }

  #change(): void {
    this.#quietMs = 0
    this.#held.changed()
  }

  #told({ isQuiet, letGo }: Entry): void {
    this.#quietMs = 0
    const release = this.#held.hold()
    const process = isQuiet && { isQuiet }
    const cancel = untilAnswered(hostWall, process, { patienceMs: PATIENCE_MS, onQuiet: () => end() })
    const end = () => {
      cancel()
      letGo.delete(end)
      release()
    }
    letGo.add(end)
  }
}

interface Entry {
  readonly isQuiet: (() => boolean) | undefined
  shiftMs: number | undefined
  /** How to let time go on that stands for its sake. */
  readonly letGo: Set<() => void>
}
