// Loads spec files into mocha by `import`.

import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type Mocha from 'mocha'

/** A spec that cannot be loaded: it does not compile, imports what is not there, or throws outside of its tests. */
export class SpecLoadError extends Error {
  readonly file: string

  constructor(file: string, cause: unknown) {
    super(
      `${file} cannot be loaded: ${cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)}`,
      { cause },
    )
    this.name = 'SpecLoadError'
    this.file = file
  }
}

/**
 * Loads the files one after the other. mocha itself would `require` them: then they would get another instance of podproof than
 * the hooks have, and wait in vain for a session. Throws SpecLoadError.
 */
export async function loadSpecs(mocha: Mocha, files: readonly string[]): Promise<void> {
  for (const file of files) {
    const path = resolve(file)
    mocha.suite.emit('pre-require', globalThis, path, mocha)
    const module = await importSpec(path, file)
    mocha.suite.emit('require', module, path, mocha)
    mocha.suite.emit('post-require', globalThis, path, mocha)
  }
}

async function importSpec(path: string, file: string): Promise<unknown> {
  try {
    return (await import(pathToFileURL(path).href)) as unknown
  } catch (error) {
    throw new SpecLoadError(file, error)
  }
}
