// Finds the configuration of a project and reads it.

import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { checkConfig } from './check-config.ts'
import type { PodproofConfig } from './config.ts'
import { ConfigError } from './config-error.ts'

/** The names under which it is looked for, the first that exists counts. */
export const CONFIG_FILES = ['podproof.config.ts', 'podproof.config.js', 'podproof.config.mjs']

/** The configuration in `folder`; an empty one where there is none. Throws ConfigError. */
export async function loadConfig(folder: string): Promise<PodproofConfig> {
  const file = CONFIG_FILES.find((name) => existsSync(join(folder, name)))
  if (file === undefined) return {}
  const module = await importConfig(join(folder, file), file)
  if (!('default' in module))
    throw new ConfigError(file, '', 'has no default export: export default defineConfig({ ... })')
  return checkConfig(module.default, file)
}

async function importConfig(path: string, file: string): Promise<object> {
  try {
    return (await import(pathToFileURL(path).href)) as object
  } catch (error) {
    throw new ConfigError(
      file,
      '',
      `cannot be read: ${error instanceof Error ? error.message : String(error)}`,
      { cause: error },
    )
  }
}
