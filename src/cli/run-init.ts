// Sets up the verification of a repository's pages: finds them, and writes the workflow that replays them.

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { writeFileAtomically } from '../report/atomic-write.ts'
import { readPage } from '../transcript/read.ts'
import { EXIT, type ExitCode } from './exit-codes.ts'
import type { InitOptions } from './init.ts'
import { UsageError } from './usage-error.ts'

const WORKFLOW = '.github/workflows/verify-pages.yml'
/** Folders of other people's pages. */
const FOREIGN = new Set(['dist', 'node_modules', 'vendor'])

/** Writes what is asked for, and says what to do next. Throws UsageError. */
export function runInit(folder: string, { docs }: InitOptions): ExitCode {
  if (!docs)
    throw new UsageError('podproof init: nothing is asked for; --docs sets up the verification of pages')
  const pages = pagesIn(folder).filter((page) => typesKubectl(join(folder, page)))
  if (pages.length === 0)
    throw new UsageError(`there is no Markdown page below ${folder} on which kubectl is typed`)
  const file = join(folder, WORKFLOW)
  const isThere = existsSync(file)
  if (!isThere) writeFileAtomically(file, workflowFor(pages))
  console.log(
    `${pages.length === 1 ? 'One page' : `${pages.length} pages`} with kubectl: ${pages.join(', ')}`,
  )
  console.log(`${isThere ? 'left alone' : 'written'}: ${WORKFLOW}`)
  console.log(`next: podproof verify ${pages[0]}`)
  return EXIT.held
}

function pagesIn(folder: string, root = folder): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name)
      if (entry.name.startsWith('.') || FOREIGN.has(entry.name)) return []
      if (entry.isDirectory()) return pagesIn(path, root)
      return entry.isFile() && entry.name.endsWith('.md') ? [relative(root, path)] : []
    })
}

function typesKubectl(file: string): boolean {
  const { steps } = readPage(file, readFileSync(file, 'utf8'))
  return steps.some((step) => step.kind === 'command' && /\bkubectl\s/.test(step.source))
}

function workflowFor(pages: readonly string[]): string {
  return `name: pages

on: [push, pull_request]

jobs:
  verify:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: azure/setup-kubectl@v4
      - run: >-
          npx --yes podproof verify
${pages.map((page) => `          ${quoted(page)}`).join('\n')}
`
}

/** For the shell of the workflow's step. */
function quoted(page: string): string {
  return /^[\w./-]+$/.test(page) ? page : `'${page.replaceAll("'", `'\\''`)}'`
}
