// type: what names mean.

import { put } from '../../io.ts'
import type { Builtin } from '../builtin.ts'
import { describe, meaningOf } from '../meaning.ts'

export const type: Builtin = {
  name: 'type',
  run(shell, fields) {
    const names = fields.slice(1)
    const meanings = names.map((name) => meaningOf(shell, name))
    const text = names.map((name, index) => `${describe(name, meanings[index])}\n`).join('')
    return put(shell.task, 1, text, meanings.includes(undefined) ? 127 : 0)
  },
}
