// let: its arguments are arithmetic.

import { evaluateArithmetic, isTrue } from '../arithmetic.ts'
import type { Builtin } from '../builtin.ts'

export const letBuiltin: Builtin = {
  name: 'let',
  run(shell, fields) {
    let value = false
    for (const text of fields.slice(1)) value = isTrue(evaluateArithmetic(shell, text))
    return value ? 0 : 1
  },
}
