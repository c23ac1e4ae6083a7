// Specs in a folder of their own, as a user has them.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const door = fileURLToPath(new URL('../../../src/index.ts', import.meta.url))

/** A folder with the given files, in which `podproof` means these sources. Answers it, and how to remove it. */
export function projectOf(files: Readonly<Record<string, string>>): {
  readonly folder: string
  remove(): void
} {
  const folder = mkdtempSync(join(tmpdir(), 'podproof-spec-'))
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }\n')
  for (const [name, text] of Object.entries(files)) {
    writeFileSync(join(folder, name), text.replaceAll("'podproof'", `'${door}'`))
  }
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) }
}

/** A manifest of a Pod that no scheduler takes. */
const PENDING =
  "{ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p' }, spec: { schedulerName: 'nobody', containers: [{ name: 'c', image: 'busybox:1.36' }] } }"

/** A spec of one test with these claims. */
export function specOf(...claims: readonly string[]): string {
  return [
    "import { cluster, expectPod } from 'podproof'",
    "describe('a Pod', () => {",
    "  it('waits', async () => {",
    `    await cluster.apply(${PENDING})`,
    ...claims.map((claim) => `    await ${claim}`),
    '  })',
    '})',
    '',
  ].join('\n')
}
