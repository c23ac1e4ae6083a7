// sed: edits lines by a script.

import type { Bytes } from '../bytes.ts'
import type { Action } from '../effects.ts'
import { readAll, write } from '../io.ts'
import { ProgramError } from '../program-error.ts'
import type { Program } from '../program.ts'
import type { Task } from '../task.ts'
import { linesOf, openInput } from './inputs.ts'
import { commandLine } from './options.ts'
import { editLines } from './sed-editor.ts'
import { parseSedScript } from './sed-script.ts'

/** The commands s, d, p, P, q, =, a, i, c, y, n, N, D, G, g, H, h, x, {, b, t and T, with addresses; others are refused. */
export const sed: Program = {
  name: 'sed',
  *run(task) {
    const { has, values, operands } = commandLine(task, 'nErie:f:s', {
      long: { quiet: 'n', 'regexp-extended': 'E', expression: 'e' },
    })
    const [first, ...others] = operands
    const isListed = has('e') || has('f')
    if (!isListed && first === undefined) throw new ProgramError('no script')
    const fromFile = values('f').map((name) => task.files.read(task.path(name), task.user))
    const script = parseSedScript(
      isListed ? [...values('e'), ...fromFile].join('\n') : (first as Bytes),
      has('E') || has('r'),
    )
    const names = isListed ? operands : others
    if (has('i')) return yield* editInPlace(task, names, (lines) => editLines(script, lines, has('n')).output)
    const { lines, status } = yield* readLines(task, names)
    const { output, exitStatus } = editLines(script, lines, has('n'))
    yield* write(task, 1, output)
    return exitStatus ?? status
  },
}

function* readLines(
  task: Task,
  names: readonly Bytes[],
): Action<{ lines: readonly Bytes[]; status: number }> {
  const lines: Bytes[] = []
  let status = 0
  for (const name of names.length > 0 ? names : ['-']) {
    const descriptor = yield* openInput(task, name, (file, reason) => `${file}: ${reason}`)
    if (descriptor === undefined) status = 1
    else lines.push(...linesOf(yield* readAll(task, descriptor)))
  }
  return { lines, status }
}

function* editInPlace(
  task: Task,
  names: readonly Bytes[],
  edit: (lines: readonly Bytes[]) => Bytes,
): Action<number> {
  let status = 0
  for (const name of names) {
    const descriptor = yield* openInput(task, name, (file, reason) => `${file}: ${reason}`)
    if (descriptor === undefined) {
      status = 1
      continue
    }
    const text = edit(linesOf(yield* readAll(task, descriptor)))
    task.files.write(task.path(name), text, { user: task.user })
  }
  return status
}
