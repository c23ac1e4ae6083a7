// Lets node import TypeScript from here on: specs and configurations.

import { createRequire } from 'node:module'

/** What a run needs of podproof beside the verb itself: the door through which specs come, and how it sits in mocha. */
const NEEDED = ['../index.js', '../mocha/reporter.js', '../mocha/root-hooks.js']

/**
 * Where podproof itself runs from TypeScript, node can already. Whatever a run needs of podproof comes first: afterwards another thread
 * is asked about every module, which takes longer than to read it. It is required, not imported: eight hundred small modules are there
 * a quarter sooner when nobody waits for each of them.
 */
export async function readTypeScript(): Promise<void> {
  if (import.meta.url.endsWith('.ts')) return
  const require = createRequire(import.meta.url)
  for (const module of NEEDED) require(module)
  await import('mocha')
  const [{ register: registerModules }, { register: registerRequire }] = await Promise.all([
    import('tsx/esm/api'),
    import('tsx/cjs/api'),
  ])
  registerModules()
  registerRequire()
}
