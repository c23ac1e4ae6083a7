// stress of the image vish/stress: a Go program that takes memory step by step and keeps processors busy.

import type { Bytes } from '../bytes.ts'
import type { Action } from '../effects.ts'
import { pause, sleepUntil } from '../io.ts'
import { ProgramError } from '../program-error.ts'
import type { Program } from '../program.ts'
import type { Task } from '../task.ts'
import { dieLikeGo, flags, GO_SIGNAL_STATUS, log } from './agnhost/subcommand.ts'
import { durationMs } from './sleep.ts'

const DEFAULTS = {
  cpus: '0',
  logtostderr: 'true',
  'mem-alloc-size': '4Ki',
  'mem-alloc-sleep': '1ms',
  'mem-total': '0',
} as const

export const goStress: Program = {
  name: 'stress',
  *run(task) {
    const own = flags(task.argv.slice(1), DEFAULTS)
    dieLikeGo(task)
    const [total, step] = [bytesOf(own['mem-total']), bytesOf(own['mem-alloc-size'])]
    const chunk = own['mem-alloc-size']
    log(
      task,
      `Allocating "${own['mem-total']}" memory, in "${chunk}" chunks, with a ${own['mem-alloc-sleep']} sleep between allocations`,
    )
    for (let n = 0; n < Number(own.cpus); n++) {
      log(task, 'Spawning a thread to consume CPU')
      task.fork({ ...goStress, run: burn })
    }
    yield* take(task, total, step, durationOf(own['mem-alloc-sleep']))
    log(task, `Allocated "${own['mem-total']}" memory`)
    yield* pause()
    return GO_SIGNAL_STATUS
  },
}

function* take(task: Task, total: number, step: number, sleepMs: number): Action<void> {
  for (let taken = 0; taken < total; taken += step) {
    task.allocate(Math.min(step, total - taken))
    yield* sleepUntil(task, task.now() + sleepMs)
  }
}

function* burn(): Action<number> {
  for (;;) yield { effect: 'compute', ms: 1000 }
}

/** `100Mi`, `4k`: a quantity in bytes. */
function bytesOf(text: Bytes): number {
  const [, number, unit = ''] = /^(\d+(?:\.\d+)?)(Ki|Mi|Gi|k|M|G)?$/.exec(text) ?? []
  const factor = { '': 1, G: 1e9, Gi: 1024 ** 3, Ki: 1024, M: 1e6, Mi: 1024 ** 2, k: 1e3 }[unit]
  if (number === undefined || factor === undefined)
    throw new ProgramError(`quantities must match the regular expression: ${text}`)
  return Number(number) * factor
}

/** `1ms`, `2s`. */
function durationOf(text: Bytes): number {
  const [, ms] = /^(\d+)ms$/.exec(text) ?? []
  const known = ms === undefined ? durationMs(text) : Number(ms)
  if (known === undefined) throw new ProgramError(`time: invalid duration "${text}"`)
  return known
}
