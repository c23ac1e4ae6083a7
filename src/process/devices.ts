// The devices of a container: /dev, the same for all of them.

import type { FileSystem } from './files.ts'
import { type DeviceNode, DirectoryNode, type Node } from './nodes.ts'
import type { Surroundings } from './process-table.ts'
import { FileSystem as Tree } from './files.ts'
import { OpenFile, type Stream } from './stream.ts'
import { SystemError } from './system-error.ts'
import type { Task } from './task.ts'

/** Mounts /dev where it is not mounted yet: a tmpfs over one shared layer. */
export function mountDevices(files: FileSystem, { timers }: Pick<Surroundings, 'timers'>): void {
  if (!files.isMountPoint('/dev')) files.mount('/dev', new Tree({ timers, layer: devices }))
}

/** Reads nothing and takes everything. */
export const nullStream: Stream = { read: () => '', write: (bytes) => bytes.length }

const zeroStream: Stream = { read: (most) => '\0'.repeat(most), write: (bytes) => bytes.length }

const fullStream: Stream = {
  read: (most) => '\0'.repeat(most),
  write() {
    throw new SystemError('ENOSPC')
  },
}

const attributes = { owner: undefined, uid: 0, gid: 0, mtimeMs: 0 }

const devices = new DirectoryNode(
  undefined,
  { ...attributes, mode: 0o755 },
  new Map<string, Node>([
    ['fd', link('/proc/self/fd')],
    ['full', device([1, 7], () => fullStream)],
    ['mqueue', new DirectoryNode(undefined, { ...attributes, mode: 0o1777 })],
    ['null', device([1, 3], () => nullStream)],
    ['pts', new DirectoryNode(undefined, { ...attributes, mode: 0o755 })],
    ['random', device([1, 8], randomStream)],
    ['shm', new DirectoryNode(undefined, { ...attributes, mode: 0o1777 })],
    ['stderr', link('/proc/self/fd/2')],
    ['stdin', link('/proc/self/fd/0')],
    ['stdout', link('/proc/self/fd/1')],
    ['tty', device([5, 0], terminalStream)],
    ['urandom', device([1, 9], randomStream)],
    ['zero', device([1, 5], () => zeroStream)],
  ]),
)

function link(target: string): Node {
  return { kind: 'symlink', target, ...attributes, mode: 0o777 }
}

function device(numbers: readonly [number, number], stream: (opener: Task) => Stream): DeviceNode {
  return {
    kind: 'device',
    numbers,
    ...attributes,
    mode: 0o666,
    open: (opener) => new OpenFile(stream(opener)),
  }
}

function randomStream(opener: Task): Stream {
  const { random } = opener.table.surroundings
  return {
    read: (most) => Array.from({ length: most }, () => String.fromCharCode(random.uint32() >>> 24)).join(''),
    write: (bytes) => bytes.length,
  }
}

function terminalStream(opener: Task): Stream {
  const { terminal } = opener.console ?? {}
  if (!terminal) throw new SystemError('ENOENT', '/dev/tty')
  return terminal.stream
}
