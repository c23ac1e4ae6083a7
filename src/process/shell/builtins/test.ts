// test and [, as builtins.

import type { Bytes } from '../../bytes.ts'
import { evaluateTest, TestError } from '../../programs/test.ts'
import type { Builtin } from '../builtin.ts'
import type { Shell } from '../shell.ts'

export const tests: readonly Builtin[] = [
  { name: '[', run: bracket },
  { name: 'test', run: (shell, fields) => test(shell, fields.slice(1)) },
]

function bracket(shell: Shell, fields: readonly Bytes[]): number {
  if (fields[fields.length - 1] !== ']') {
    shell.complain('missing ]')
    return 2
  }
  return test(shell, fields.slice(1, -1))
}

function test(shell: Shell, words: readonly Bytes[]): number {
  try {
    return evaluateTest(shell.task, words) ? 0 : 1
  } catch (error) {
    if (!(error instanceof TestError)) throw error
    shell.complain(error.message)
    return 2
  }
}
