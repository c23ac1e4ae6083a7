// Verifies pages again whenever they are saved, until the process is ended.

import { watch } from 'node:fs'
import { basename, dirname } from 'node:path'

/**
 * Watches from now on. The answer calls `verify` for each page that was saved since, one at a time, and does not return; a page
 * that is saved while it is verified comes again. Folders are watched, not files: editors save by putting a new file in the
 * old one's place.
 */
export function watchPages(
  paths: readonly string[],
): (verify: (path: string) => Promise<void>) => Promise<never> {
  const saved = new Set<string>()
  let wake = () => {}
  for (const folder of new Set(paths.map((path) => dirname(path)))) {
    watch(folder, (_, name) => {
      for (const path of paths) {
        if (dirname(path) === folder && basename(path) === name) saved.add(path)
      }
      if (saved.size > 0) wake()
    })
  }
  return async (verify) => {
    for (;;) {
      if (saved.size === 0) await new Promise<void>((resolve) => (wake = resolve))
      for (const path of saved) {
        saved.delete(path)
        await verify(path)
      }
    }
  }
}
