// Stages for specs: one that notes what a replay saw, and one that plays it again, so that a changed page can be judged at once.

import { TypedCommand, type PrintedLine } from '../../src/terminal/shell-session.ts'
import type { CommandStep } from '../../src/transcript/page.ts'
import type { NodeView, Shell, Stage } from '../../src/transcript/run/stage.ts'
import type { Latch } from '../../src/time/latch.ts'
import { VirtualClock } from '../../src/time/virtual.ts'

/** Everything that one replay of a page has seen. */
export interface ReplayRecord {
  readonly startedAtMs: number
  /** By terminal and source: what each typing printed. Of a command that was typed again at once, the last counts. */
  readonly typed: Map<string, TypedRecord[]>
  readonly nodes: Map<string, readonly string[]>
  readonly anchors: Map<string, { readonly atMs: number; readonly knownMs: number }>
  errorTexts: readonly string[]
}

interface TypedRecord {
  readonly lines: readonly PrintedLine[]
  readonly tookMs: number
  readonly isInterrupted: boolean
}

/** The stage, with everything that it shows noted in the record. */
export function recordingStage(stage: Stage): { readonly stage: Stage; readonly record: () => ReplayRecord } {
  const commands: { key: string; typed: TypedCommand; isInterrupted: boolean }[] = []
  const record: ReplayRecord = {
    startedAtMs: stage.now(),
    typed: new Map(),
    nodes: new Map(),
    anchors: new Map(),
    errorTexts: [],
  }
  const note = (key: string, typed: TypedCommand) => {
    if (commands.at(-1)?.key === key) commands.pop()
    commands.push({ key, typed, isInterrupted: false })
    return typed
  }
  const noted: Stage = {
    name: stage.name,
    now: () => stage.now(),
    pass: (until, deadlineMs) => stage.pass(until, deadlineMs),
    get isOver() {
      return stage.isOver
    },
    writeFile: (path, text) => stage.writeFile(path, text),
    shell: async (terminal) => {
      const shell = await stage.shell(terminal)
      return {
        get isBusy() {
          return shell.isBusy
        },
        type: (source) => note(`${terminal}: ${source}`, shell.type(source)),
        typeInside: (source) => note(`${terminal}> ${source}`, shell.typeInside(source)),
        interrupt: () => {
          const last = commands.findLast(({ key, typed }) => key.startsWith(terminal) && !typed.end.isSettled)
          if (last) last.isInterrupted = true
          shell.interrupt()
        },
        kill: () => shell.kill(),
      }
    },
    askNode: async (view, step) => {
      const lines = await stage.askNode(view, step)
      if (lines) record.nodes.set(`${view} ${step.line}`, lines)
      return lines
    },
    errorTexts: async () => (record.errorTexts = await stage.errorTexts()),
    anchorMs: (name) => {
      const atMs = stage.anchorMs(name)
      if (atMs !== undefined && !record.anchors.has(name))
        record.anchors.set(name, { atMs, knownMs: stage.now() })
      return atMs
    },
  }
  return {
    stage: noted,
    record: () => {
      for (const { key, typed, isInterrupted } of commands) {
        const entry = { lines: typed.lines, tookMs: (typed.endMs ?? typed.atMs) - typed.atMs, isInterrupted }
        record.typed.set(key, [...(record.typed.get(key) ?? []), entry])
      }
      return record
    },
  }
}

/** A stage on which every command prints what it printed in the record, and takes as long. */
export class RecordedStage implements Stage {
  readonly name = 'a record'
  readonly isOver = false
  #record: ReplayRecord
  #clock: VirtualClock
  #played = new Map<string, number>()
  #running = new Map<string, TypedCommand>()

  constructor(record: ReplayRecord) {
    this.#record = record
    this.#clock = new VirtualClock(record.startedAtMs)
  }

  now(): number {
    return this.#clock.now()
  }

  pass(until: Latch, deadlineMs: number): Promise<boolean> {
    return this.#clock.pass(until, deadlineMs)
  }

  writeFile(): void {}

  shell(terminal: string): Promise<Shell> {
    return Promise.resolve({
      isBusy: this.#isOpen(terminal),
      type: (source) => this.#play(terminal, `${terminal}: ${source}`),
      typeInside: (source) =>
        this.#play(
          terminal,
          this.#record.typed.has(`${terminal}> ${source}`)
            ? `${terminal}> ${source}`
            : `${terminal}: ${source}`,
        ),
      interrupt: () => this.#running.get(terminal)?.finish(this.now()),
      kill: () => this.#running.get(terminal)?.finish(this.now()),
    })
  }

  askNode(view: NodeView, step: CommandStep): Promise<readonly string[] | undefined> {
    return Promise.resolve(this.#record.nodes.get(`${view} ${step.line}`))
  }

  errorTexts(): Promise<readonly string[]> {
    return Promise.resolve(this.#record.errorTexts)
  }

  anchorMs(name: string): number | undefined {
    const anchor = this.#record.anchors.get(name)
    return anchor && anchor.knownMs <= this.now() ? anchor.atMs : undefined
  }

  /** Whether a shell is open in a container: the record has commands that were typed into it. */
  #isOpen(terminal: string): boolean {
    const isRunning = this.#running.get(terminal)?.end.isSettled === false
    return isRunning || [...this.#record.typed.keys()].some((key) => key.startsWith(`${terminal}> `))
  }

  #play(terminal: string, key: string): TypedCommand {
    const entries = this.#record.typed.get(key) ?? []
    const place = this.#played.get(key) ?? 0
    this.#played.set(key, place + 1)
    const entry = entries[Math.min(place, entries.length - 1)]
    if (!entry) throw new Error(`the record has no "${key}"`)
    const typed = new TypedCommand(this.now())
    this.#running.set(terminal, typed)
    for (const line of entry.lines) typed.print(line)
    if (!entry.isInterrupted) this.#clock.at(this.now() + entry.tookMs, () => typed.finish(this.now()))
    return typed
  }
}
