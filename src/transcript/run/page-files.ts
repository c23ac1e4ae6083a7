// The files of a page: those that it gives, and those of example folders that it fetches by address.

import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs'
import { join, sep } from 'node:path'
import type { Page } from '../page.ts'

/** Where the files behind addresses lie: `https://k8s.io/examples` -> a folder of the host. */
export type Examples = Readonly<Record<string, string>>

/** The folder of a terminal in which files of addresses are put. */
const FETCHED = '/root/.podproof/examples'
const MOST_BYTES = 4_000_000

/** A command with its addresses replaced by files of the terminal, the files, and addresses that nobody has. */
export interface Localized {
  readonly source: string
  readonly files: Readonly<Record<string, string>>
  readonly missing: readonly string[]
}

/** Replaces what a command fetches with `-f https://...` (also `-k`) by files of the terminal. */
export function localize(source: string, examples: Examples): Localized {
  const files: Record<string, string> = {}
  const missing: string[] = []
  const local = source.replace(/(?<=(?:-f|--filename)[ =]\s*['"]?)https?:\/\/[^\s'";|&)]+/g, (address) => {
    const text = fetched(address, examples)
    if (text === undefined) {
      missing.push(address)
      return address
    }
    const path = `${FETCHED}/${address
      .replace(/^https?:\/\//, '')
      .replace(/[^\w./-]/g, '_')
      .replace(/\.\.+/g, '_')}`
    files[path] = text
    return path
  })
  return { source: local, files, missing }
}

/** The page with the files that it includes, as far as somebody gave them. */
export function withExamples(page: Page, examples: Examples): Page {
  const steps = page.steps.map((step) => {
    const content = step.kind === 'include' ? included(step.path, examples) : undefined
    return content === undefined ? step : { ...step, content }
  })
  return { ...page, steps }
}

/** The file that a shortcode includes, from any of the example folders; undefined where none has it. */
function included(path: string, examples: Examples): string | undefined {
  for (const folder of Object.values(examples)) {
    const text = readInside(folder, path)
    if (text !== undefined) return text
  }
  return undefined
}

function fetched(address: string, examples: Examples): string | undefined {
  const prefix = Object.keys(examples)
    .filter((candidate) => address.startsWith(candidate))
    .toSorted((a, b) => b.length - a.length)[0]
  if (prefix === undefined) return undefined
  return readInside(examples[prefix] ?? '', address.slice(prefix.length).replace(/^\/+|[?#].*$/g, ''))
}

/** Reads a file of a folder; links and dots that lead out of it find nothing. */
function readInside(folder: string, path: string): string | undefined {
  const file = join(folder, path)
  if (!existsSync(file)) return undefined
  const real = realpathSync(file)
  if (!real.startsWith(realpathSync(folder) + sep)) return undefined
  const { size } = statSync(real)
  return statSync(real).isFile() && size <= MOST_BYTES ? readFileSync(real, 'utf8') : undefined
}
