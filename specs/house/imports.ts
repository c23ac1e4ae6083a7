// Reads which file imports which, from the text of the sources.

import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder of the checkout. */
export const root = fileURLToPath(new URL('../..', import.meta.url))

/** One import statement: the importing file, and the file it names; both relative to src/. */
export interface Import {
  readonly from: string
  readonly to: string
  /** `import type` alone: the street vanishes when the code runs. */
  readonly isType: boolean
}

/** Every source file, as a path relative to src/, sorted. */
export function sourceFiles(): string[] {
  return readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .toSorted()
}

/** The text of a source file. */
export function sourceText(file: string): string {
  return readFileSync(join(root, 'src', file), 'utf8')
}

/** Every import of one source file by another; types count like values, since they tie rooms just as well. */
export function internalImports(): Import[] {
  return allImports()
    .filter(({ to }) => to.startsWith('.'))
    .map(({ from, to, isType }) => ({ from, to: relative('.', normalize(join(dirname(from), to))), isType }))
}

/** Every package (or node: module) that a source file imports. */
export function packageImports(): Import[] {
  return allImports().filter(({ to }) => !to.startsWith('.'))
}

const STATEMENT =
  /(?:^|\n)(?:import|export)\s+(type\s)?[^'";]*?from\s*['"]([^'"]+)['"]|\bimport\s*\(\s*['"]([^'"]+)['"]\s*\)|(?:^|\n)import\s*['"]([^'"]+)['"]/g

function allImports(): Import[] {
  return sourceFiles().flatMap((from) =>
    [...sourceText(from).matchAll(STATEMENT)].map((match) => ({
      from,
      to: match[2] ?? match[3] ?? match[4] ?? '',
      isType: match[1] !== undefined,
    })),
  )
}
