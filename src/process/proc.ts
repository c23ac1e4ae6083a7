// /proc: the processes of one PID namespace as files, made at the moment when they are opened.

import type { Bytes } from './bytes.ts'
import { FileSystem } from './files.ts'
import { type DeviceNode, DirectoryNode, type Entries, type Node } from './nodes.ts'
import type { ProcessTable } from './process-table.ts'
import { OpenFile } from './stream.ts'
import { SystemError } from './system-error.ts'
import type { Task } from './task.ts'

/** Mounts /proc where it is not mounted yet. */
export function mountProc(files: FileSystem, table: ProcessTable): void {
  if (files.isMountPoint('/proc')) return
  const { timers } = table.surroundings
  const top = directory(
    () => [...Object.keys(generalFiles), ...table.tasks.map((task) => String(task.pid)), 'self'],
    (name) => {
      if (name === 'self') return table.current && processDirectory(table.current)
      const general = generalFiles[name]
      if (general) return textFile(() => general(table))
      const task = table.task(Number(name))
      return task && processDirectory(task)
    },
  )
  files.mount('/proc', new FileSystem({ timers, layer: top, isReadOnly: true }))
}

/** Files that are about no process. */
const generalFiles: Readonly<Record<string, (table: ProcessTable) => Bytes>> = {
  loadavg: () => '0.00 0.00 0.00 1/1 1\n',
  mounts: () => 'overlay / overlay rw,relatime 0 0\nproc /proc proc rw,nosuid,nodev,noexec,relatime 0 0\n',
  uptime: (table) => {
    const seconds = ((table.surroundings.timers.now() - (table.task(1)?.startedAtMs ?? 0)) / 1000).toFixed(2)
    return `${seconds} ${seconds}\n`
  },
}

/** Files of a process. */
const processFiles: Readonly<Record<string, (task: Task) => Bytes>> = {
  cmdline: (task) => (task.exit ? '' : task.argv.map((argument) => `${argument}\0`).join('')),
  comm: (task) => `${commandName(task)}\n`,
  environ: (task) =>
    Object.entries(task.env)
      .map(([name, value]) => `${name}=${value}\0`)
      .join(''),
  gid_map: () => '         0          0 4294967295\n',
  status: statusText,
  uid_map: () => '         0          0 4294967295\n',
}

/** The name of a process's program, as ps shows it: what follows the last slash of argv[0], cut to 15 bytes. */
export function commandName(task: Task): Bytes {
  return (task.argv[0] ?? '').replace(/^.*\//s, '').slice(0, 15)
}

function processDirectory(task: Task): Node {
  return directory(
    () => [...Object.keys(processFiles), 'cwd', 'fd', 'root'],
    (name) => {
      if (name === 'fd') return descriptorDirectory(task)
      if (name === 'cwd') return { ...attributes, kind: 'symlink', target: task.cwd, mode: 0o777 }
      if (name === 'root') return { ...attributes, kind: 'symlink', target: '/', mode: 0o777 }
      const text = processFiles[name]
      return text && textFile(() => text(task))
    },
  )
}

/** /proc/PID/fd: opening an entry shares what the descriptor leads to, such as the log of PID 1. */
function descriptorDirectory(task: Task): Node {
  return directory(
    () => task.descriptors.numbers.map(String),
    (name) => {
      const file = /^\d+$/.test(name) ? task.descriptors.get(Number(name)) : undefined
      return file && { ...attributes, kind: 'device', mode: 0o600, numbers: undefined, open: () => file }
    },
  )
}

const attributes = { owner: undefined, uid: 0, gid: 0, mtimeMs: 0 }

function directory(names: () => string[], get: (name: string) => Node | undefined): DirectoryNode {
  return new DirectoryNode(undefined, { ...attributes, mode: 0o555 }, new LiveEntries(names, get))
}

/** Entries that are made anew with every look, and that nobody can change. */
class LiveEntries implements Entries {
  readonly #names: () => string[]
  readonly #node: (name: string) => Node | undefined

  constructor(names: () => string[], node: (name: string) => Node | undefined) {
    this.#names = names
    this.#node = node
  }

  get size(): number {
    return this.#names().length
  }

  get(name: string): Node | undefined {
    return this.#node(name)
  }

  has(name: string): boolean {
    return this.#node(name) !== undefined
  }

  keys(): MapIterator<string> {
    return new Map(this.#names().map((name) => [name, name])).keys()
  }

  set(): never {
    throw new SystemError('EACCES')
  }

  delete(): never {
    throw new SystemError('EACCES')
  }
}

function textFile(text: () => Bytes): DeviceNode {
  const open = () => {
    let rest = text()
    return new OpenFile({
      read(most) {
        const bytes = rest.slice(0, most)
        rest = rest.slice(most)
        return bytes
      },
      write() {
        throw new SystemError('EACCES')
      },
    })
  }
  return { ...attributes, kind: 'device', mode: 0o444, numbers: undefined, open }
}

function statusText(task: Task): Bytes {
  const { uid, gid, groups } = task.user
  const states = { R: 'R (running)', S: 'S (sleeping)', T: 'T (stopped)', Z: 'Z (zombie)' }
  const lines = [
    `Name:\t${commandName(task)}`,
    `Umask:\t${task.umask.toString(8).padStart(4, '0')}`,
    `State:\t${states[task.state]}`,
    `Tgid:\t${task.pid}`,
    `Pid:\t${task.pid}`,
    `PPid:\t${task.parent?.pid ?? 0}`,
    `Uid:\t${[uid, uid, uid, uid].join('\t')}`,
    `Gid:\t${[gid, gid, gid, gid].join('\t')}`,
    `Groups:\t${groups.join(' ')} `,
    `VmRSS:\t${String(Math.ceil(task.residentBytes / 1024)).padStart(8)} kB`,
    'Threads:\t1',
  ]
  return `${lines.join('\n')}\n`
}
