// What the parameters of a shell hold: variables, arguments, and those that the shell itself keeps.

import type { Bytes } from '../bytes.ts'
import type { Shell } from './shell.ts'

/** What a parameter holds; undefined if it is unset. */
export function valueOf(shell: Shell, name: string): Bytes | undefined {
  switch (name) {
    case '?':
      return String(shell.status)
    case '$':
      return String(shell.rootPid)
    case '!':
      return shell.lastBackgroundPid === undefined ? undefined : String(shell.lastBackgroundPid)
    case '#':
      return String(shell.positional.length)
    case '-':
      return flagsOf(shell)
    case '0':
      return shell.name
    case '@':
    case '*':
      return shell.positional.length > 0 ? shell.positional.join(' ') : undefined
    case 'RANDOM':
      return String(shell.task.table.surroundings.random.between(0, 32_767))
    case 'SECONDS':
    case 'EPOCHSECONDS':
      return shell.dialect === 'bash' ? seconds(shell, name) : shell.variables.get(name)
    default:
      return /^\d/.test(name) ? shell.positional[Number(name) - 1] : shell.variables.get(name)
  }
}

function seconds(shell: Shell, name: string): Bytes {
  const { task } = shell
  return String(Math.floor((name === 'SECONDS' ? task.now() - task.startedAtMs : task.now()) / 1000))
}

/** $-: the options that are on, as letters. */
function flagsOf(shell: Shell): Bytes {
  const { options } = shell
  const letters = {
    e: options.errexit,
    f: options.noglob,
    u: options.nounset,
    x: options.xtrace,
    C: options.noclobber,
  }
  return Object.entries(letters)
    .filter(([, isOn]) => isOn)
    .map(([letter]) => letter)
    .join('')
}
