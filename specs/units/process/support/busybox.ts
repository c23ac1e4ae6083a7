// The judge: the same script in the real busybox of this machine.

import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Outcome } from './container.ts'

let applets: string | undefined

/** Whether busybox with its ash is installed. */
export function hasBusybox(): boolean {
  return spawnSync('busybox', ['ash', '-c', 'exit 7']).status === 7
}

/** Runs `sh -c script` in an empty directory, with nothing but busybox's applets in PATH. */
export function runInBusybox(script: string, stdin = ''): Outcome {
  applets ??= installApplets()
  const directory = mkdtempSync(join(tmpdir(), 'podproof-judge-'))
  const env = { PATH: applets, HOME: '/root' }
  const { stdout, stderr, status } = spawnSync(join(applets, 'sh'), ['-c', script], {
    argv0: 'sh',
    cwd: directory,
    env,
    input: stdin,
    encoding: 'utf8',
  })
  rmSync(directory, { recursive: true })
  return { stdout, stderr, code: status ?? -1 }
}

function installApplets(): string {
  const directory = mkdtempSync(join(tmpdir(), 'podproof-applets-'))
  execFileSync('busybox', ['--install', '-s', directory])
  process.once('exit', () => rmSync(directory, { recursive: true, force: true }))
  return directory
}
