// The files that specs need where they run: themselves, what they import, and what they name as text.

import { existsSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, normalize, relative } from 'node:path'
import { CONFIG_FILES } from '../../mocha/load-config.ts'
import { matchingFiles } from '../../mocha/glob.ts'

/** A file as it lies under the folder of the project, with slashes. */
export interface ProjectFile {
  readonly path: string
  readonly text: string
}

/** What decides how every spec is read. */
const ALWAYS = ['package.json', ...CONFIG_FILES]
/** A text in quotes without spaces may be a path. */
const QUOTED = /(['"`])([\w@./-]+)\1/g
/** What is only imported as a type is not there any more when a spec runs. */
const TYPES = /^import type [^'"]*['"][^'"]*['"]$/gm
const CODE = /\.[cm]?[jt]s$/

/**
 * The specs and the `included` globs, then whatever files of the project their texts name, relative to the file where they begin
 * with a dot and to the project otherwise; sorted by path. Files outside of the project stay where they are.
 */
export function projectFiles(
  specs: readonly string[],
  included: readonly string[],
  folder: string,
): readonly ProjectFile[] {
  const files = new Map<string, ProjectFile>()
  const add = (path: string): void => {
    if (files.has(path) || !isFileOf(folder, path)) return
    const text = readFileSync(join(folder, path), 'utf8')
    files.set(path, { path, text })
    if (CODE.test(path)) for (const named of namedIn(text, path, folder)) add(named)
  }
  for (const path of [...ALWAYS, ...specs, ...included.flatMap((glob) => matchingFiles(glob, folder))])
    add(path)
  return [...files.values()].toSorted((a, b) => (a.path < b.path ? -1 : 1))
}

function namedIn(text: string, file: string, folder: string): string[] {
  return [...text.replaceAll(TYPES, '').matchAll(QUOTED)].map(([, , name = '']) => {
    const path = name.startsWith('.') ? join(folder, dirname(file), name) : join(folder, name)
    return relative(folder, normalize(path)).replaceAll('\\', '/')
  })
}

function isFileOf(folder: string, path: string): boolean {
  const isInside = path !== '' && !path.startsWith('..') && !path.split('/').includes('node_modules')
  return isInside && existsSync(join(folder, path)) && statSync(join(folder, path)).isFile()
}
