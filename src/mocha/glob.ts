// Finds the files that patterns such as `specs/**/*.spec.ts` name.

import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** The files under `folder` that a pattern (a glob, a file or a folder) names: relative, with slashes, sorted. */
export function matchingFiles(pattern: string, folder: string): readonly string[] {
  const clean = pattern.replaceAll('\\', '/').replace(/^\.\//, '').replace(/\/$/, '')
  const path = join(folder, clean)
  if (existsSync(path))
    return statSync(path).isDirectory() ? filesUnder(folder, clean).filter(isSpec) : [clean]
  const fixed = clean.split('/').slice(
    0,
    clean.split('/').findIndex((part) => /[*?{[]/.test(part)),
  )
  const matches = globExpression(clean)
  return filesUnder(folder, fixed.join('/')).filter((file) => matches.test(file))
}

/** A glob as an expression over paths with slashes. `**` spans folders, `*` and `?` do not; `{a,b}` is a choice. */
export function globExpression(glob: string): RegExp {
  const source = glob.replaceAll(
    /\*\*\/|\*\*|\*|\?|\{|\}|,|[^*?{},]+/g,
    (token) => TOKENS[token] ?? escapeExpression(token),
  )
  return new RegExp(`^${source}$`)
}

const TOKENS: Readonly<Record<string, string>> = {
  '**/': '(?:[^/]+/)*',
  '**': '.*',
  '*': '[^/]*',
  '?': '[^/]',
  '{': '(?:',
  '}': ')',
  ',': '|',
}

function escapeExpression(text: string): string {
  return text.replaceAll(/[.+^$()|[\]\\]/g, '\\$&')
}

function filesUnder(folder: string, start: string): string[] {
  if (!existsSync(join(folder, start))) return []
  return readdirSync(join(folder, start), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.split(/[\\/]/).includes('node_modules'))
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll('\\', '/'),
    )
    .toSorted()
}

function isSpec(file: string): boolean {
  return /\.spec\.[cm]?[jt]s$/.test(file)
}
