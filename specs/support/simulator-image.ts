// Builds the image of the project's Dockerfile, on a base made of nothing but the node that runs the specs.

import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Docker } from './docker.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))

/** What only somebody else's cluster needs: left out, because the engine is sent the whole folder. */
const NOT_SERVED = ['@kubernetes/client-node']

/** Builds it and answers its name. */
export function simulatorImage(docker: Docker): string {
  const folder = mkdtempSync(join(tmpdir(), 'podproof-image-'))
  try {
    buildBase(docker, join(folder, 'base'))
    buildSimulator(docker, join(folder, 'simulator'))
    return 'podproof:spec'
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** `FROM scratch`: node, what starts its scripts, and the libraries that `ldd` names of both. */
function buildBase(docker: Docker, folder: string): void {
  const programs = { 'usr/bin/env': '/usr/bin/env', 'usr/local/bin/node': process.execPath }
  for (const [path, program] of Object.entries(programs)) {
    const libraries = execFileSync('ldd', [program], { encoding: 'utf8' }).match(/\/\S+(?= \()/g) ?? []
    for (const library of libraries) copy(library, join(folder, library))
    copy(program, join(folder, path))
  }
  writeFileSync(join(folder, 'Dockerfile'), 'FROM scratch\nCOPY . /\n')
  docker.run('build', '--quiet', '--tag', 'podproof-base:spec', folder)
}

function buildSimulator(docker: Docker, folder: string): void {
  mkdirSync(folder, { recursive: true })
  const compiler = join(root, 'node_modules/typescript/bin/tsc')
  const project = join(root, 'tsconfig.build.json')
  const options = ['--noCheck', '--declaration', 'false', '--outDir', join(folder, 'dist')]
  execFileSync(process.execPath, [compiler, '-p', project, ...options])
  for (const file of ['.dockerignore', 'Dockerfile', 'package.json'])
    copy(join(root, file), join(folder, file))
  for (const name of servedPackages())
    copy(join(root, 'node_modules', name), join(folder, 'node_modules', name))
  docker.run('build', '--quiet', '--build-arg', 'BASE=podproof-base:spec', '--tag', 'podproof:spec', folder)
}

/** The names of the packages that the dependencies need, and theirs, as far as they are served. */
function servedPackages(): ReadonlySet<string> {
  const names = new Set<string>()
  const add = (name: string): void => {
    if (names.has(name) || NOT_SERVED.includes(name)) return
    names.add(name)
    for (const needed of dependenciesOf(join(root, 'node_modules', name))) add(needed)
  }
  for (const name of dependenciesOf(root)) add(name)
  return names
}

function dependenciesOf(folder: string): readonly string[] {
  const file = join(folder, 'package.json')
  if (!existsSync(file)) return []
  const { dependencies, optionalDependencies } = JSON.parse(readFileSync(file, 'utf8')) as {
    readonly dependencies?: Readonly<Record<string, string>>
    readonly optionalDependencies?: Readonly<Record<string, string>>
  }
  // Of what is optional only that for this platform is installed.
  return Object.keys({ ...dependencies, ...optionalDependencies })
}

function copy(from: string, to: string): void {
  if (!existsSync(from)) return
  mkdirSync(dirname(to), { recursive: true })
  cpSync(from, to, { recursive: true, dereference: true })
}
