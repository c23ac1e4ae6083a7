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
  return sourceFiles().flatMap((from) =>
    specifiers(sourceText(from)).map((to) => ({ from, to: resolve(from, to) })),
  )
}

/** Every package (or node: module) that a source file imports. */
export function packageImports(): Import[] {
  return sourceFiles().flatMap((from) => packages(sourceText(from)).map((to) => ({ from, to })))
}

const IMPORT =
  /(?:^|\n)\s*(?:import|export)\b[^'"\n;]*?(?:\{[^}]*\}[^'"\n;]*?)?from\s*['"]([^'"]+)['"]|\bimport\s*\(\s*['"]([^'"]+)['"]\s*\)|(?:^|\n)import\s*['"]([^'"]+)['"]/g

function allSpecifiers(text: string): string[] {
  return [...text.matchAll(IMPORT)].map((match) => match[1] ?? match[2] ?? match[3] ?? '')
}

function specifiers(text: string): string[] {
  return allSpecifiers(text).filter((specifier) => specifier.startsWith('.'))
}

function packages(text: string): string[] {
  return allSpecifiers(text).filter((specifier) => !specifier.startsWith('.'))
}

function resolve(from: string, specifier: string): string {
  return relative('.', normalize(join(dirname(from), specifier)))
}
