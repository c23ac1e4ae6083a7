// A runner's hold on a leap clock: it knows every client program that it has started, and when each of them is busy.
//
// A program is busy from its start to its end, except while it waits. It waits when one of its clients (for kubectl: its
// one session) has a call in flight that consents or listens, has no call that asks, and has heard what it was told.
// Every program has at most one client at a time, and every client belongs to a program: nobody else knows the address.
// So some program is busy exactly when programs and waiting clients are not as many, whichever client is whose.

import type { CallStart, ClientProcess, Stance } from './client-clock.ts'
import type { Wall } from './host.ts'
import { untilAnswered } from './until-quiet.ts'
import { waitingClients } from './waiting-clients.ts'

/** A program that sleeps on its own (kubectl between two tries) is given the wall's pace after it was quiet for so long. */
export const DOZE_MS = 300
const DOZE_LOOK_MS = 20
/** A program that never becomes quiet is waited for no longer than this after it was told something: the owner's, */
export const PATIENCE_MS = 20_000
/** and somebody's. */
const PATIENCE_WITH_CLIENTS_MS = 500

/** What the owner of a clock can do with it. */
export interface Owner {
  /** A client program starts: time stands still until it waits or ends. */
  started(program: OwnedProgram): RunningProgram
  /** Gives the clock back to its clients. */
  release(): void
}

/** A program of the host, as far as the clock is concerned. */
export interface OwnedProgram {
  /** As people call it: `kubectl get pods`. */
  readonly name: string
  /** Whether it has nothing left to do but wait for its connections; undefined where the host cannot tell. */
  readonly isQuiet?: (() => boolean) | undefined
}

/** A program that was started. */
export interface RunningProgram {
  /** Its owner has given it something to read: it may answer with a request. */
  told(): void
  /** By how much the times in its last answer were moved for its sake, in milliseconds; undefined if they were not. */
  readonly shiftMs: number | undefined
  /** Its own patience is at an end now: until it exits it counts as busy. */
  givesUp(): void
  exited(): void
}

/** What the ownership needs to know of a call in flight. */
export interface OwnedCall {
  readonly client: string
  readonly stance: Stance
  readonly isTold: boolean
  heard(): void
}

/** Who owns a leap clock, if anybody, and what its programs do. */
export class Ownership {
  #wall: Wall
  #calls: () => Iterable<OwnedCall>
  #review: () => void
  #programs = new Set<Entry>()
  #isOwned: boolean
  #hasOwner = false
  #isDozing = false
  #cancelLook: (() => void) | undefined

  /** `review` is called when an answer of this object may have changed. */
  constructor(wall: Wall, calls: () => Iterable<OwnedCall>, review: () => void, isOwned = false) {
    this.#wall = wall
    this.#calls = calls
    this.#review = review
    this.#isOwned = isOwned
  }

  get isOwned(): boolean {
    return this.#isOwned
  }

  /** Whether a program computes: time stands. */
  get isBusy(): boolean {
    if (!this.#isOwned) return false
    const isAnswering = [...this.#programs].some(({ isTold, hasGivenUp }) => isTold || hasGivenUp)
    // Fewer programs than clients: one has ended, and its connections are about to.
    return isAnswering || this.#programs.size !== waitingClients(this.#calls())
  }

  /** Whether a busy program does nothing, so that it must be sleeping on the wall: time walks with it. */
  get isDozing(): boolean {
    return this.#isDozing
  }

  own(): Owner {
    if (this.#hasOwner) throw new Error('the clock has an owner already')
    this.#hasOwner = true
    this.#isOwned = true
    this.#review()
    return {
      started: (program) => this.#started(program),
      release: () => {
        this.#hasOwner = false
        this.#isOwned = false
        this.#review()
      },
    }
  }

  /**
   * Calls `heard` once nobody can still be answering what was told just now: when all programs of the owner are quiet, or
   * without any the client's process, or after 50 ms where the host cannot tell. Answers how to prevent it.
   */
  untilAnswered(heard: () => void, process?: CallStart['process']): () => void {
    const watched = this.#programs.size > 0 ? this.#ownersPrograms() : process?.()
    const patienceMs = this.#programs.size > 0 ? PATIENCE_MS : PATIENCE_WITH_CLIENTS_MS
    return untilAnswered(this.#wall, watched, { patienceMs, onQuiet: heard })
  }

  /** The answer to one of the programs has its times moved: it computes ages on the wall. */
  noteShift(ms: number): void {
    for (const entry of this.#programs) entry.shiftMs = ms
  }

  /** Why time stands, as far as programs are the reason. */
  reasons(): string[] {
    if (this.#programs.size === 0 || !this.isBusy) return []
    return [...this.#programs].map(
      ({ name, hasGivenUp }) => `${name} ${hasGivenUp ? 'gives up' : 'computes'}`,
    )
  }

  close(): void {
    this.#programs.clear()
    this.wake()
  }

  #started({ name, isQuiet }: OwnedProgram): RunningProgram {
    const entry: Entry = { name, isQuiet, hasGivenUp: false, isTold: false, shiftMs: undefined }
    this.#programs.add(entry)
    this.#review()
    return {
      get shiftMs() {
        return entry.shiftMs
      },
      told: () => {
        entry.isTold = true
        this.untilAnswered(() => {
          entry.isTold = false
          this.#review()
        })
        this.#review()
      },
      givesUp: () => {
        entry.hasGivenUp = true
        this.#review()
      },
      exited: () => {
        this.#programs.delete(entry)
        this.#review()
      },
    }
  }

  /** All of them as if they were one; undefined where the host does not show what they do. */
  #ownersPrograms(): ClientProcess | undefined {
    const isSeen = [...this.#programs].every(({ isQuiet }) => isQuiet)
    return isSeen ? { isQuiet: () => this.#areQuiet() } : undefined
  }

  #areQuiet(): boolean {
    return [...this.#programs].every(({ isQuiet }) => isQuiet?.())
  }

  /** Starts or stops looking whether the busy programs sleep; called whenever something may have changed. */
  watch(): void {
    if (!this.isBusy || [...this.#programs].some(({ isQuiet }) => !isQuiet)) this.wake()
    else this.#cancelLook ??= this.#wall.after(DOZE_LOOK_MS, () => this.#look(0))
  }

  /** A program has shown a sign of life: it must be quiet anew, for as long, before time walks again. */
  wake(): void {
    this.#cancelLook?.()
    this.#cancelLook = undefined
    this.#isDozing = false
  }

  #look(quietMs: number): void {
    const isQuiet =
      ![...this.#programs].some(({ hasGivenUp }) => hasGivenUp) &&
      ![...this.#calls()].some(({ stance }) => stance === 'asks') &&
      this.#areQuiet()
    const nextMs = isQuiet ? quietMs + DOZE_LOOK_MS : 0
    this.#cancelLook = this.#wall.after(DOZE_LOOK_MS, () => this.#look(nextMs))
    if (this.#isDozing === nextMs >= DOZE_MS) return
    this.#isDozing = !this.#isDozing
    this.#review()
  }
}

interface Entry {
  readonly name: string
  readonly isQuiet: (() => boolean) | undefined
  hasGivenUp: boolean
  isTold: boolean
  shiftMs: number | undefined
}
