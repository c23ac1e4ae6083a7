// The root file systems of images: what all Linux images have, and where programs lie.

import { layer, type LayerEntry } from '../../process/layer.ts'
import type { DirectoryNode } from '../../process/nodes.ts'
import type { Program } from '../../process/program.ts'
import { once } from './image.ts'

/** The instant that the files of images carry: no pod looks at it, every listing shows it. */
const BUILT_AT_MS = Date.UTC(2026, 0, 1)

/** What every one of the images has. */
const COMMON: Readonly<Record<string, LayerEntry>> = {
  '/dev': { directory: true },
  '/etc/hostname': '',
  '/etc/hosts': '',
  '/etc/resolv.conf': '',
  '/proc': { directory: true },
  '/root': { directory: true, mode: 0o700 },
  '/run': { directory: true },
  '/sys': { directory: true },
  '/tmp': { directory: true, mode: 0o1777 },
  '/var/run': { directory: true },
}

/** A root file system, made when it is first needed; later entries replace earlier ones. */
export function rootFiles(...parts: readonly Readonly<Record<string, LayerEntry>>[]): () => DirectoryNode {
  return once(() => layer(Object.assign({}, COMMON, ...parts) as Record<string, LayerEntry>, BUILT_AT_MS))
}

/** Programs as executable files of a directory, under the names by which they are called. */
export function executables(
  directory: string,
  programs: Readonly<Record<string, Program>>,
): Record<string, LayerEntry> {
  return Object.fromEntries(
    Object.entries(programs).map(([name, program]) => [`${directory}/${name}`, program]),
  )
}
