// The commands of busybox that are modelled, by the names under which an image has them.

import type { Program } from '../../process/program.ts'
import { programs } from '../../process/programs/programs.ts'

/** Programs that other images bring and busybox does not. */
const FOREIGN: readonly string[] = [
  'agnhost',
  'bash',
  'curl',
  'goStress',
  'nginx',
  'nslookupBig',
  'pause',
  'stress',
]

/** Everything that busybox can do here. Up to 1.28 it had the small nslookup. */
export function applets(nslookup: 'small' | 'big'): Readonly<Record<string, Program>> {
  const all = programs as Readonly<Record<string, Program>>
  const own = Object.fromEntries(Object.entries(all).filter(([name]) => !FOREIGN.includes(name)))
  const { sh, test } = programs
  return {
    ...own,
    ash: sh,
    '[': test,
    '[[': test,
    nslookup: nslookup === 'small' ? programs.nslookup : programs.nslookupBig,
  }
}
