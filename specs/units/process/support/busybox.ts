// The judge: the same scripts in the real busybox of this machine.

import { execFileSync, spawnSync, type SpawnSyncOptions } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** What a script prints on standard output, and its exit status. */
export interface Verdict {
  readonly stdout: string
  readonly code: number
}

/** Ends the output of one script: its exit status between marks that no script prints. */
const MARK = '\x1e'

/** Runs each script with `sh -c` in an empty directory of its own; one process starts them all, to be quick. */
const DRIVER = `n=0
for script in "$@"; do
  n=$((n+1)); mkdir $n
  (cd $n; exec sh -c "$script" </dev/null 2>/dev/null) 2>/dev/null
  printf '${MARK}%d${MARK}' $?
done`

/** Whether busybox with its ash is installed. */
export function hasBusybox(): boolean {
  return spawnSync('busybox', ['ash', '-c', 'exit 7']).status === 7
}

/** The verdicts on scripts, in their order, with nothing but busybox's applets in PATH. */
export function judge(scripts: readonly string[]): readonly Verdict[] {
  const directory = mkdtempSync(join(tmpdir(), 'podproof-judge-'))
  const applets = join(directory, 'applets')
  execFileSync('mkdir', [applets])
  execFileSync('busybox', ['--install', '-s', applets])
  const env = { PATH: applets, HOME: '/root' }
  // A file, not a pipe: what scripts leave in the background would keep a pipe open.
  const output = join(directory, 'output')
  const file = openSync(output, 'w')
  const options: SpawnSyncOptions = { cwd: directory, env, argv0: 'sh', stdio: ['ignore', file, 'ignore'] }
  spawnSync(join(applets, 'sh'), ['-c', DRIVER, 'sh', ...scripts], options)
  closeSync(file)
  const stdout = readFileSync(output, 'utf8')
  rmSync(directory, { recursive: true })
  const parts = stdout.split(MARK)
  return scripts.map((_, index) => ({ stdout: parts[2 * index] ?? '', code: Number(parts[2 * index + 1]) }))
}
