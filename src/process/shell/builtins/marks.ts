// export, readonly and local: what a variable is besides its value.

import type { Bytes } from '../../bytes.ts'
import type { Action } from '../../effects.ts'
import { put } from '../../io.ts'
import type { Builtin } from '../builtin.ts'
import { type Shell, ShellError } from '../shell.ts'
import { isName, type Variable } from '../variables.ts'

export const marks: readonly Builtin[] = [
  { name: 'export', isSpecial: true, run: (shell, fields) => mark(shell, fields, 'isExported') },
  { name: 'local', run: makeLocal },
  { name: 'readonly', isSpecial: true, run: (shell, fields) => mark(shell, fields, 'isReadOnly') },
]

function mark(
  shell: Shell,
  [own, ...words]: readonly Bytes[],
  kind: 'isExported' | 'isReadOnly',
): number | Action<number> {
  const fields = words.filter((word) => word !== '-p' && word !== '--' && word !== '-n')
  if (fields.length === 0) return list(shell, own ?? '', kind)
  for (const field of fields) {
    const name = assignField(shell, field)
    shell.variables.mark(name, { [kind]: !words.includes('-n') })
  }
  return 0
}

function makeLocal(shell: Shell, [, ...fields]: readonly Bytes[]): number {
  if (!shell.variables.isInFunction) throw new ShellError('local: line 0: not in a function', 2)
  for (const field of fields) {
    const name = nameOf(field)
    shell.variables.makeLocal(name)
    if (field === name) shell.variables.unset(name)
    else assignField(shell, field)
  }
  return 0
}

/** `name` or `name=value`; answers the name. */
function assignField(shell: Shell, field: Bytes): Bytes {
  const name = nameOf(field)
  if (field.length === name.length) return name
  if (!shell.variables.set(name, field.slice(name.length + 1)))
    throw new ShellError(`${name}: is read only`, 2)
  return name
}

function nameOf(field: Bytes): Bytes {
  const [name = ''] = field.split('=')
  if (!isName(name)) throw new ShellError(`${name}: bad variable name`, 2)
  return name
}

function list(shell: Shell, own: Bytes, kind: 'isExported' | 'isReadOnly'): number | Action<number> {
  const marked = shell.variables.names.filter((name) => shell.variables.variable(name)?.[kind])
  const lines = marked.map((name) => `${own} ${name}${assigned(shell.variables.variable(name))}\n`)
  return put(shell.task, 1, lines.join(''))
}

function assigned(variable: Variable | undefined): Bytes {
  return variable?.value === undefined ? '' : `='${variable.value.replaceAll("'", `'"'"'`)}'`
}
