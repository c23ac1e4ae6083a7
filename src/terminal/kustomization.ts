// Finds what a kustomization of a terminal would fetch from elsewhere: kubectl would ask any address that it names.

import { decode } from '../process/bytes.ts'
import type { FileSystem } from '../process/files.ts'
import { filesIn } from './mirror.ts'

const NAMES = /\/(?:kustomization\.ya?ml|Kustomization)$/
const REMOTE = /[a-z][a-z0-9+.-]*:\/\/\S*|\bgit@\S+|\bgithub\.com\/\S*/i

/** The first address in a kustomization below one of the folders; undefined when all that they name are files. */
export function remoteResource(files: FileSystem, folders: readonly string[]): string | undefined {
  for (const path of folders.flatMap((folder) => filesIn(files, folder))) {
    const address = NAMES.test(path) ? REMOTE.exec(decode(files.read(path)))?.[0] : undefined
    if (address !== undefined) return address
  }
  return undefined
}
