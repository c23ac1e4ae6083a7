// dd: copies blocks; mostly used to fill disks and memory.

import type { Bytes } from '../bytes.ts'
import type { Action } from '../effects.ts'
import { read, write } from '../io.ts'
import { CREATE, READ } from '../open.ts'
import { ProgramError } from '../program-error.ts'
import type { Program } from '../program.ts'
import { RegularFile } from '../regular-file.ts'
import { SystemError } from '../system-error.ts'
import type { Task } from '../task.ts'

const BYTES_PER_MS = 500_000

export const dd: Program = {
  name: 'dd',
  *run(task) {
    const operands = operandsOf(task.argv.slice(1))
    const blockBytes = sizeOf(operands.get('bs') ?? operands.get('ibs') ?? '512')
    const count = operands.has('count') ? sizeOf(operands.get('count') as Bytes) : Infinity
    const conv = operands.get('conv') ?? ''
    task.allocate(blockBytes)
    const input = openOperand(task, operands.get('if'), 0, READ)
    const keeps = conv.includes('notrunc')
    const output = openOperand(task, operands.get('of'), 1, keeps ? { write: true, create: true } : CREATE)
    seek(task, input, sizeOf(operands.get('skip') ?? '0') * blockBytes)
    seek(task, output, sizeOf(operands.get('seek') ?? '0') * blockBytes)
    return yield* copy(task, { input, output, blockBytes, count, isQuiet: operands.get('status') === 'none' })
  },
}

interface Copying {
  readonly input: number
  readonly output: number
  readonly blockBytes: number
  readonly count: number
  readonly isQuiet: boolean
}

function* copy(task: Task, { input, output, blockBytes, count, isQuiet }: Copying): Action<number> {
  const startMs = task.now()
  let [full, partial, sum, status] = [0, 0, 0, 0]
  while (full + partial < count) {
    const block = yield* read(task, input, blockBytes)
    if (block === '') break
    try {
      yield* write(task, output, block)
    } catch (error) {
      if (!(error instanceof SystemError)) throw error
      yield* write(task, 2, `dd: error writing: ${error.text}\n`)
      status = 1
      break
    }
    if (block.length === blockBytes) full++
    else partial++
    sum += block.length
    // A disk takes its time, so that a limit can be noticed before everything is written.
    if (sum % (BYTES_PER_MS * 10) < block.length)
      yield {
        effect: 'compute',
        ms: Math.max(1, Math.round(Math.max(block.length, BYTES_PER_MS * 10) / BYTES_PER_MS)),
      }
  }
  if (!isQuiet) yield* write(task, 2, summary({ full, partial, sum, seconds: (task.now() - startMs) / 1000 }))
  return status
}

function summary(copied: {
  readonly full: number
  readonly partial: number
  readonly sum: number
  readonly seconds: number
}): Bytes {
  const { full, partial, sum, seconds } = copied
  const records = `${full}+${partial} records in\n${full}+${partial} records out\n`
  const elapsed = Math.max(seconds, 0.001)
  return `${records}${sum} bytes (${human(sum)}) copied, ${elapsed.toFixed(6)} seconds, ${human(sum / elapsed)}/s\n`
}

function human(bytes: number): Bytes {
  const units = ['B', 'KB', 'MB', 'GB', 'TB']
  const power = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log2(bytes) / 10))
  return `${(bytes / 1024 ** power).toFixed(1)}${units[power]}`
}

function operandsOf(words: readonly Bytes[]): ReadonlyMap<string, Bytes> {
  return new Map(
    words.map((word) => {
      const [, key, value] = /^(\w+)=(.*)$/s.exec(word) ?? []
      if (
        key === undefined ||
        ![
          'bs',
          'conv',
          'count',
          'ibs',
          'if',
          'obs',
          'of',
          'seek',
          'skip',
          'status',
          'oflag',
          'iflag',
        ].includes(key)
      ) {
        throw new ProgramError(`invalid operand '${word}'`)
      }
      return [key, value ?? '']
    }),
  )
}

const multipliers: Readonly<Record<string, number>> = {
  '': 1,
  b: 512,
  c: 1,
  G: 1024 ** 3,
  k: 1024,
  K: 1024,
  kB: 1000,
  M: 1024 ** 2,
  MB: 1_000_000,
  w: 2,
}

function sizeOf(text: Bytes): number {
  const [, digits, unit = ''] = /^(\d+)(\w*)$/.exec(text) ?? []
  const multiplier = multipliers[unit]
  if (digits === undefined || multiplier === undefined) throw new ProgramError(`invalid number '${text}'`)
  return Number(digits) * multiplier
}

function openOperand(task: Task, name: Bytes | undefined, standard: number, flags: typeof CREATE): number {
  if (name === undefined) return standard
  try {
    return task.open(name, flags)
  } catch (error) {
    if (!(error instanceof SystemError)) throw error
    throw new ProgramError(`can't open '${name}': ${error.text}`)
  }
}

function seek(task: Task, descriptor: number, bytes: number): void {
  const { stream } = task.descriptors.get(descriptor) ?? {}
  if (bytes > 0 && stream instanceof RegularFile) stream.position = bytes
}
