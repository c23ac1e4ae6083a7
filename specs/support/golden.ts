// Golden files: what a human reads is compared whole with what somebody has read and found good.

import { expect } from 'chai'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'

/**
 * Compares `actual` with the golden file at `file`. With PODPROOF_UPDATE_GOLDEN=1 the file is written instead: read it
 * before you commit it.
 */
export function expectGolden(actual: string, file: URL): void {
  const path = fileURLToPath(file)
  if (process.env['PODPROOF_UPDATE_GOLDEN'] === '1') {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, actual)
    return
  }
  expect(existsSync(path), `${path} is missing: run with PODPROOF_UPDATE_GOLDEN=1, then read it`).to.equal(
    true,
  )
  expect(actual).to.equal(readFileSync(path, 'utf8'))
}
