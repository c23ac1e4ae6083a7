// Counts as command lines give them: 10, -3, 4k, 2M.

import type { Bytes } from '../bytes.ts'
import { ProgramError } from '../program-error.ts'
import type { Task } from '../task.ts'

const units: Readonly<Record<string, number>> = {
  '': 1,
  b: 512,
  k: 1024,
  K: 1024,
  m: 1024 ** 2,
  M: 1024 ** 2,
  g: 1024 ** 3,
  G: 1024 ** 3,
}

/** @throws ProgramError */
export function countOf(text: Bytes): number {
  const [, digits, unit = ''] = /^([-+]?\d+)([bkKmMgG]?)$/.exec(text) ?? []
  if (digits === undefined) throw new ProgramError(`invalid number '${text}'`)
  return Number(digits) * (units[unit] ?? 1)
}

/** The old way to give a count, `head -3` and `tail +2`, becomes the option that it stands for. */
export function spellOutCounts(task: Task): void {
  task.argv = task.argv.map((word, index) => {
    const isArgument = /^-[nc]$/.test(task.argv[index - 1] ?? '')
    return index > 0 && !isArgument && /^[-+]\d+$/.test(word) ? `-n${word.replace(/^-/, '')}` : word
  })
}
