// Runs podproof as a user does, in a process of its own.

import { spawn, spawnSync } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../../', import.meta.url))

/** The command line of podproof from its sources. */
const PODPROOF = [`--import=${import.meta.resolve('tsx')}`, `${root}src/cli/main.ts`]

export interface Ran {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Runs it to its end, in the folder of the project unless told. */
export function podproof(args: readonly string[], cwd = root): Ran {
  const { status, stdout, stderr } = spawnSync(process.execPath, [...PODPROOF, ...args], {
    cwd,
    encoding: 'utf8',
    env: plainEnvironment(),
  })
  return { status, stdout, stderr }
}

/** Starts it, for a spec that interrupts it. */
export function startPodproof(args: readonly string[], cwd = root): ChildProcess {
  return spawn(process.execPath, [...PODPROOF, ...args], {
    cwd,
    env: plainEnvironment(),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

/** What the surrounding test run has set must not reach the inner one. */
function plainEnvironment(): NodeJS.ProcessEnv {
  const {
    PODPROOF_SETTINGS: _settings,
    PODPROOF_SPOOL: _spool,
    FORCE_COLOR: _color,
    NODE_OPTIONS: _options,
    ...rest
  } = process.env
  return { ...rest, NO_COLOR: '1' }
}
