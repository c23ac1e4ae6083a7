// true and false: nothing but an exit status.

import type { Program } from '../program.ts'

// eslint-disable-next-line require-yield -- they end in their first step
export const falseProgram: Program = {
  name: 'false',
  *run() {
    return 1
  },
}

// eslint-disable-next-line require-yield -- they end in their first step
export const trueProgram: Program = {
  name: 'true',
  *run() {
    return 0
  },
}
