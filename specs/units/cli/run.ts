// Runs podproof as a user does, in a process of its own.

import { spawn, spawnSync } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../../', import.meta.url))

/** The command line of podproof from its sources. */
const PODPROOF = [
  `--import=${import.meta.resolve('tsx')}`,
  '--conditions=podproof-source',
  `${root}src/cli/main.ts`,
]

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

/** Starts it, for a spec that looks at it while it runs. */
export function startPodproof(
  args: readonly string[],
  { cwd = root, env = {} }: { readonly cwd?: string; readonly env?: NodeJS.ProcessEnv } = {},
): ChildProcess {
  return spawn(process.execPath, [...PODPROOF, ...args], {
    cwd,
    env: { ...plainEnvironment(), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

/** Waits until a process has printed the text. Throws if it ends before. */
export async function printed({ stdout }: ChildProcess, text: string): Promise<void> {
  let seen = ''
  for await (const chunk of stdout?.iterator({ destroyOnReturn: false }) ?? []) {
    seen += String(chunk)
    if (seen.includes(text)) return
  }
  throw new Error(`expected it to print ${text}, got: ${seen}`)
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
