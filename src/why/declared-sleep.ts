// How long a lifecycle hook must at least take, read from what it declares.

import { parse } from 'unbash'
import type { Command } from 'unbash'
import type { Container } from '../pod/json.ts'

type Handler = NonNullable<NonNullable<Container['lifecycle']>['preStop']>

/**
 * A lower bound of a hook's duration in milliseconds: the seconds of a `sleep` action, or the sleeps that a command cannot
 * get around (`sleep 20`, `sh -c 'sleep 20; echo done'`). 0 where nothing can be said (a program, a request).
 */
export function declaredSleepMs(handler: Handler | undefined): number {
  if (handler?.sleep) return handler.sleep.seconds * 1_000
  const argv = handler?.exec?.command ?? []
  if (base(argv[0]) === 'sleep') return sleepMs(argv.slice(1))
  const [shell, option, script] = argv
  if (!SHELLS.has(base(shell)) || option === undefined || !/^-[a-z]*c$/.test(option) || script === undefined)
    return 0
  return scriptMs(script)
}

const SHELLS = new Set(['ash', 'bash', 'dash', 'ksh', 'sh', 'zsh'])

function base(path: string | undefined): string {
  return path?.split('/').at(-1) ?? ''
}

/** The sleeps at the top level of a script, up to the first statement that may leave out what follows it. */
function scriptMs(script: string): number {
  let totalMs = 0
  for (const { command, background } of parse(script).commands) {
    if (background) continue
    const [first, ...conditional] = command.type === 'AndOr' ? command.commands : [command]
    if (first?.type !== 'Command' || mayEnd(first)) return totalMs
    if (base(first.name?.value) === 'sleep') {
      totalMs += sleepMs(first.args.map((word) => (word.type === 'Word' ? word.value : word.text)))
    }
    if (conditional.some((node) => node.type !== 'Command' || mayEnd(node))) return totalMs
  }
  return totalMs
}

/** Whether the shell may be gone after this command. */
function mayEnd(command: Command): boolean {
  return ['exec', 'exit', 'set'].includes(base(command.name?.value))
}

const UNITS_MS: Readonly<Record<string, number>> = {
  '': 1_000,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
}

/** The arguments of `sleep` in milliseconds; 0 if one of them is no plain number, since then nothing is certain. */
function sleepMs(texts: readonly string[]): number {
  const durations = texts.map((text) => {
    const [, number, unit = ''] = /^(\d+(?:\.\d+)?)([smhd]?)$/.exec(text) ?? []
    return number === undefined ? NaN : Number(number) * (UNITS_MS[unit] ?? NaN)
  })
  const totalMs = durations.reduce((sum, ms) => sum + ms, 0)
  return Number.isFinite(totalMs) ? totalMs : 0
}
