// A folder for the files of one suite, made before it and removed after it.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Called in a suite; answers how its tests ask for the folder. */
export function temporaryFolder(): () => string {
  let folder = ''
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'podproof-spec-'))
  })
  after(() => rmSync(folder, { recursive: true, force: true }))
  return () => folder
}
