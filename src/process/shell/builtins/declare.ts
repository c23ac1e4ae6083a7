// declare and typeset of bash: variables with marks.

import type { Bytes } from '../../bytes.ts'
import type { Builtin } from '../builtin.ts'
import { evaluateArithmetic } from '../arithmetic.ts'
import { type Shell, ShellError } from '../shell.ts'

export const declare: readonly Builtin[] = [
  { name: 'declare', dialect: 'bash', run },
  { name: 'typeset', dialect: 'bash', run },
]

function run(shell: Shell, fields: readonly Bytes[]): number {
  const options = fields
    .slice(1)
    .filter((field) => field.startsWith('-'))
    .join('')
  const refused = /[^-airxAg]/.exec(options)
  if (refused || options.includes('A'))
    throw new ShellError(`${fields[0]}: -${refused?.[0] ?? 'A'}: not supported`, 2)
  for (const field of fields.slice(1)) if (!field.startsWith('-')) declareOne(shell, field, options)
  return 0
}

function declareOne(shell: Shell, field: Bytes, options: string): void {
  const [, name = '', value] = /^([^=]*)(?:=(.*))?$/s.exec(field) ?? []
  if (shell.variables.isInFunction && !options.includes('g')) shell.variables.makeLocal(name)
  if (value !== undefined) {
    shell.variables.set(name, options.includes('i') ? String(evaluateArithmetic(shell, value)) : value)
  }
  if (options.includes('x')) shell.variables.mark(name, { isExported: true })
  if (options.includes('r')) shell.variables.mark(name, { isReadOnly: true })
}
