// break, continue, return and exit: leaving the normal order of commands.

import type { Bytes } from '../../bytes.ts'
import type { Builtin } from '../builtin.ts'
import { type Shell, ShellError } from '../shell.ts'

export const jumps: readonly Builtin[] = [
  { name: 'break', isSpecial: true, run: (shell, fields) => leaveLoop(shell, fields, 'break') },
  { name: 'continue', isSpecial: true, run: (shell, fields) => leaveLoop(shell, fields, 'continue') },
  {
    name: 'exit',
    isSpecial: true,
    run(shell, fields) {
      const status = numberOf(shell, fields) ?? shell.status
      shell.jump = { kind: 'exit' }
      return status & 255
    },
  },
  {
    name: 'return',
    isSpecial: true,
    run(shell, fields) {
      const status = numberOf(shell, fields) ?? shell.status
      // Outside of functions and sourced files it ends the shell, as ash does.
      shell.jump = { kind: shell.returnDepth > 0 ? 'return' : 'exit' }
      return status & 255
    },
  },
]

function leaveLoop(shell: Shell, fields: readonly Bytes[], kind: 'break' | 'continue'): number {
  const levels = numberOf(shell, fields) ?? 1
  if (levels < 1) throw new ShellError(`${kind}: line 0: Illegal number: ${levels}`, 2)
  if (shell.loopDepth > 0) shell.jump = { kind, levels: Math.min(levels, shell.loopDepth) }
  return 0
}

function numberOf(shell: Shell, [name, text]: readonly Bytes[]): number | undefined {
  if (text === undefined) return undefined
  if (/^\d+$/.test(text)) return Number(text)
  if (shell.dialect === 'bash' && /^-\d+$/.test(text)) return Number(text)
  throw new ShellError(`${name}: line 0: Illegal number: ${text}`, 2)
}
