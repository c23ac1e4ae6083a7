// stress: keeps processors and memory busy (Amos Waterland's, 1.0).

import type { Bytes } from '../bytes.ts'
import type { Action } from '../effects.ts'
import { Interrupted, sleepUntil, write } from '../io.ts'
import { ProgramError } from '../program-error.ts'
import type { Program } from '../program.ts'
import type { Task } from '../task.ts'
import { commandLine } from './options.ts'

const LONG = {
  cpu: 'c',
  hdd: 'd',
  io: 'i',
  quiet: 'q',
  timeout: 't',
  verbose: 'v',
  vm: 'm',
  'vm-bytes': 'B',
  'vm-hang': 'H',
  'vm-keep': 'K',
} as const

/** One worker touches so much memory in a millisecond. */
const BYTES_PER_MS = 1_000_000
const DEFAULT_VM_BYTES = '256M'

/** A process dispatches the workers and waits for them. Only workers on processors and memory are modelled. */
export const stress: Program = {
  name: 'stress',
  *run(task) {
    const { value, has } = commandLine(task, 'c:d:i:m:t:B:H:Kqv', { long: LONG })
    const count = (letter: string) => Number(value(letter) ?? 0)
    const counts = { cpu: count('c'), io: count('i'), vm: count('m'), hdd: count('d') }
    if (counts.io + counts.hdd > 0) throw new ProgramError('workers on disks are not modelled here')
    const memory = {
      bytes: bytesOf(value('B') ?? DEFAULT_VM_BYTES),
      hangSeconds: value('H') === undefined ? undefined : Number(value('H')),
      isKept: has('K'),
    }
    const told = Object.entries(counts).map(([name, number]) => `${number} ${name}`)
    if (!has('q')) yield* info(task, `dispatching hogs: ${told.join(', ')}`)
    for (let n = 0; n < counts.cpu; n++) task.fork({ ...stress, run: hogCpu })
    for (let n = 0; n < counts.vm; n++) task.fork({ ...stress, run: (worker) => hogMemory(worker, memory) })
    return yield* supervise(task, counts.cpu + counts.vm, value('t'))
  },
}

function* supervise(task: Task, workers: number, timeout: Bytes | undefined): Action<number> {
  const startMs = task.now()
  const untilMs = timeout === undefined ? undefined : startMs + secondsOf(timeout) * 1000
  for (let left = workers; left > 0;) {
    const ended = task.reap()
    if (ended) left--
    else if (untilMs !== undefined && task.now() >= untilMs) {
      for (const { pid } of task.table.tasks.filter(({ parent }) => parent === task))
        task.table.signal(pid, 'KILL')
      left = 0
    } else {
      const resumption = yield {
        effect: 'wait',
        queues: [task.childEnded],
        ...(untilMs !== undefined && { untilMs }),
      }
      if (resumption !== 'ready' && resumption !== 'timeout') throw new Interrupted(resumption)
    }
  }
  yield* info(task, `successful run completed in ${Math.round((task.now() - startMs) / 1000)}s`)
  return 0
}

function* hogCpu(): Action<number> {
  for (;;) yield { effect: 'compute', ms: 1000 }
}

/** Takes memory, touches it, and gives it back; `hangSeconds` later, or never for 0. */
function* hogMemory(
  task: Task,
  {
    bytes,
    hangSeconds,
    isKept,
  }: { readonly bytes: number; readonly hangSeconds: number | undefined; readonly isKept: boolean },
): Action<number> {
  for (let isHeld = false; ;) {
    if (!isHeld) task.allocate(bytes)
    isHeld = true
    yield { effect: 'compute', ms: Math.max(1, Math.round(bytes / BYTES_PER_MS)) }
    if (hangSeconds === 0) yield* sleepUntil(task, Infinity)
    else if (hangSeconds !== undefined) yield* sleepUntil(task, task.now() + hangSeconds * 1000)
    if (isKept) continue
    task.allocate(-bytes)
    isHeld = false
  }
}

function* info(task: Task, text: string): Action<void> {
  yield* write(task, 1, `stress: info: [${task.pid}] ${text}\n`)
}

/** `150M`: B, K, M, G, in powers of 1024. */
function bytesOf(text: Bytes): number {
  const [, number, unit = 'B'] = /^(\d+)([BKMG])?$/i.exec(text) ?? []
  if (number === undefined) throw new ProgramError(`unrecognized suffix: ${text}`)
  return Number(number) * 1024 ** 'BKMG'.indexOf(unit.toUpperCase())
}

/** `10`, `5m`: s, m, h, d, y. */
function secondsOf(text: Bytes): number {
  const [, number, unit = 's'] = /^(\d+)([smhdy])?$/.exec(text) ?? []
  if (number === undefined) throw new ProgramError(`unrecognized suffix: ${text}`)
  return Number(number) * ({ s: 1, m: 60, h: 3600, d: 86_400, y: 31_536_000 }[unit] ?? 1)
}
