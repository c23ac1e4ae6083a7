// Writes the files of a volume so that all of them change at one instant.

import type { FileSystem } from '../../../process/files.ts'
import type { VolumeFile } from './volume-files.ts'

const DATA_LINK = '/..data'

/**
 * A version of the files lies in a directory of its own, named after its time; `..data` leads to the newest, and every
 * visible name through `..data`. Source: pkg/volume/util/atomic_writer.go.
 */
export function writeAtomically(files: FileSystem, content: readonly VolumeFile[], atMs: number): void {
  const old = versions(files)
  const version = `/..${versionName(atMs)}`
  files.makeDirectory(version)
  for (const { path, bytes, mode } of content) {
    const slash = path.lastIndexOf('/')
    if (slash > 0) files.makeDirectory(`${version}/${path.slice(0, slash)}`, {}, true)
    files.write(`${version}/${path}`, bytes, { mode })
  }
  if (old.length > 0) files.remove(DATA_LINK)
  files.symlink(version.slice(1), DATA_LINK)
  const visible = new Set(content.map(({ path }) => path.split('/')[0] ?? path))
  for (const name of old.length > 0 ? files.list('/') : []) {
    if (!name.startsWith('..') && !visible.has(name)) files.remove(`/${name}`)
  }
  for (const name of visible) if (!files.exists(`/${name}`)) files.symlink(`..data/${name}`, `/${name}`)
  for (const name of old) removeTree(files, `/${name}`)
}

/** Directories of earlier versions. */
function versions(files: FileSystem): readonly string[] {
  return files.list('/').filter((name) => name.startsWith('..') && name !== '..data')
}

/** `2026_11_22_08_31_20.4052716811`: the second, and digits that tell two versions of it apart. */
function versionName(atMs: number): string {
  const second = new Date(atMs).toISOString().slice(0, 19).replace(/[-T:]/g, '_')
  return `${second}.${String((atMs * 7_919) % 10_000_000_000).padStart(10, '0')}`
}

function removeTree(files: FileSystem, path: string): void {
  for (const name of files.list(path)) {
    const inner = `${path}/${name}`
    if (files.node(inner).kind === 'directory') removeTree(files, inner)
    else files.remove(inner)
  }
  files.remove(path, undefined, true)
}
