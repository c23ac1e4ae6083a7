// true and false: nothing but an exit status.

import type { Action } from '../effects.ts'
import type { Program } from '../program.ts'

export const falseProgram: Program = { name: 'false', run: () => ending(1) }
export const trueProgram: Program = { name: 'true', run: () => ending(0) }

// eslint-disable-next-line require-yield -- it ends in its first step
function* ending(status: number): Action<number> {
  return status
}
