// ls: what is in directories.

import type { Bytes } from '../bytes.ts'
import type { Action } from '../effects.ts'
import { write } from '../io.ts'
import type { Node } from '../nodes.ts'
import type { Program } from '../program.ts'
import { SystemError } from '../system-error.ts'
import type { Task } from '../task.ts'
import { nameOfId } from './accounts.ts'
import { strftime } from './dates.ts'
import { type CommandLine, commandLine } from './options.ts'

interface Entry {
  readonly name: Bytes
  readonly path: Bytes
  readonly node: Node
}

export const ls: Program = {
  name: 'ls',
  *run(task) {
    const line = commandLine(task, '1AaClLrRStdFpihHnk', { long: { color: 'k', 'full-time': 'l' } })
    const names = line.operands.length > 0 ? line.operands : ['.']
    const entries: Entry[] = []
    let status = 0
    for (const name of names) {
      try {
        const path = task.path(name)
        entries.push({
          name,
          path,
          node: task.files.node(path, task.user, !line.has('l') || line.has('L') || name.endsWith('/')),
        })
      } catch (error) {
        if (!(error instanceof SystemError)) throw error
        yield* write(task, 2, `ls: ${name}: ${error.text}\n`)
        status = 1
      }
    }
    const isDirectory = ({ node }: Entry) => node.kind === 'directory' && !line.has('d')
    const files = entries.filter((entry) => !isDirectory(entry))
    yield* print(task, line, sorted(line, files))
    for (const [index, entry] of sorted(line, entries.filter(isDirectory)).entries()) {
      const isHeaded = names.length > 1 || line.has('R')
      if (
        !(yield* listDirectory(task, line, entry, { isHeaded, isFirst: index === 0 && files.length === 0 }))
      )
        status = 1
    }
    return status
  },
}

function* listDirectory(
  task: Task,
  line: CommandLine,
  { name, path }: Entry,
  { isHeaded, isFirst }: { readonly isHeaded: boolean; readonly isFirst: boolean },
): Action<boolean> {
  if (isHeaded) yield* write(task, 1, `${isFirst ? '' : '\n'}${name}:\n`)
  let entries: readonly Entry[]
  try {
    entries = entriesOf(task, line, path)
  } catch (error) {
    if (!(error instanceof SystemError)) throw error
    yield* write(task, 2, `ls: can't open '${name}': ${error.text}\n`)
    return false
  }
  if (line.has('l'))
    yield* write(task, 1, `total ${entries.reduce((sum, entry) => sum + blocksOf(entry.node), 0)}\n`)
  yield* print(task, line, entries)
  if (!line.has('R')) return true
  for (const entry of entries) {
    if (entry.node.kind !== 'directory' || entry.name === '.' || entry.name === '..') continue
    yield* listDirectory(
      task,
      line,
      { ...entry, name: `${name.replace(/\/$/, '')}/${entry.name}` },
      { isHeaded, isFirst: false },
    )
  }
  return true
}

function entriesOf(task: Task, line: CommandLine, path: Bytes): readonly Entry[] {
  const names = task.files.list(path, task.user)
  const dots = line.has('a') ? ['.', '..'] : []
  const shown = [...dots, ...names.filter((name) => line.has('a') || line.has('A') || !name.startsWith('.'))]
  const base = path === '/' ? '' : path
  return sorted(
    line,
    shown.map((name) => ({
      name,
      path: `${base}/${name}`,
      node: task.files.node(`${base}/${name}`, task.user, false),
    })),
  )
}

function sorted(line: CommandLine, entries: readonly Entry[]): readonly Entry[] {
  const byName = entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))
  const ordered = line.has('t')
    ? byName.toSorted((a, b) => b.node.mtimeMs - a.node.mtimeMs)
    : line.has('S')
      ? byName.toSorted((a, b) => sizeOf(b.node) - sizeOf(a.node))
      : byName
  return line.has('r') ? ordered.toReversed() : ordered
}

function* print(task: Task, line: CommandLine, entries: readonly Entry[]): Action<void> {
  if (entries.length === 0) return
  if (line.has('l')) yield* write(task, 1, longLines(task, line, entries))
  else if (line.has('1') || !task.descriptors.get(1)?.stream.isTerminal) {
    yield* write(task, 1, entries.map((entry) => `${entry.name}${suffixOf(line, entry.node)}\n`).join(''))
  } else yield* write(task, 1, columns(entries.map((entry) => entry.name + suffixOf(line, entry.node))))
}

/** Columns on a terminal of 80 characters, filled downwards. */
function columns(names: readonly Bytes[]): Bytes {
  const width = Math.max(...names.map((name) => name.length)) + 2
  const count = Math.max(1, Math.floor(80 / width))
  const rows = Math.ceil(names.length / count)
  return Array.from({ length: rows }, (_, row) => {
    const cells = names.filter((_name, index) => index % rows === row)
    return `${cells.map((cell, index) => (index < cells.length - 1 ? cell.padEnd(width) : cell)).join('')}\n`
  }).join('')
}

function longLines(task: Task, line: CommandLine, entries: readonly Entry[]): Bytes {
  return entries
    .map(({ name, node }) => {
      const owner = line.has('n')
        ? String(node.uid)
        : (nameOfId(task, '/etc/passwd', node.uid) ?? String(node.uid))
      const group = line.has('n')
        ? String(node.gid)
        : (nameOfId(task, '/etc/group', node.gid) ?? String(node.gid))
      const links = String(linksOf(task, node)).padStart(5)
      const size = sizeText(line, node)
      const target = node.kind === 'symlink' ? ` -> ${node.target}` : ''
      return `${modeText(node)} ${links} ${owner.padEnd(8)} ${group.padEnd(8)} ${size} ${timeText(node.mtimeMs, task.now())} ${name}${suffixOf(line, node)}${target}\n`
    })
    .join('')
}

function sizeText(line: CommandLine, node: Node): Bytes {
  if (node.kind === 'device' && node.numbers)
    return `${String(node.numbers[0]).padStart(4)},${String(node.numbers[1]).padStart(4)}`
  const bytes = sizeOf(node)
  if (!line.has('h')) return String(bytes).padStart(9)
  if (bytes < 1024) return String(bytes).padStart(9)
  const power = Math.min(3, Math.floor(Math.log2(bytes) / 10))
  return `${(bytes / 1024 ** power).toFixed(1)}${'BKMG'[power]}`.padStart(9)
}

/** Files of the last half year show the time, older ones the year. */
function timeText(mtimeMs: number, nowMs: number): Bytes {
  const isRecent = nowMs - mtimeMs < 182 * 86_400_000 && mtimeMs - nowMs < 900_000
  return strftime(isRecent ? '%b %e %H:%M' : '%b %e  %Y', mtimeMs)
}

/** `drwxr-xr-x`, with s and t for the special bits. */
export function modeText(node: Node): Bytes {
  const letter = {
    device: node.kind === 'device' && node.numbers ? 'c' : '-',
    directory: 'd',
    file: '-',
    symlink: 'l',
  }[node.kind]
  const bits = [0o400, 0o200, 0o100, 0o40, 0o20, 0o10, 4, 2, 1].map((bit, index) =>
    node.mode & bit ? 'rwx'[index % 3] : '-',
  )
  const special = (at: number, bit: number, sign: string) => {
    if (node.mode & bit) bits[at] = bits[at] === 'x' ? sign : sign.toUpperCase()
  }
  special(2, 0o4000, 's')
  special(5, 0o2000, 's')
  special(8, 0o1000, 't')
  return letter + bits.join('')
}

function sizeOf(node: Node): number {
  if (node.kind === 'directory') return 4096
  if (node.kind === 'symlink') return node.target.length
  if (node.kind === 'device') return 0
  return node.program ? PROGRAM_BYTES : node.content.length
}

/** What an executable of busybox's image has on disk. */
const PROGRAM_BYTES = 1_131_168

/** Kilobytes on disk, in blocks of four. */
function blocksOf(node: Node): number {
  return node.kind === 'symlink' || node.kind === 'device' ? 0 : Math.ceil(sizeOf(node) / 4096) * 4
}

function linksOf(_task: Task, node: Node): number {
  if (node.kind === 'file') return node.links
  if (node.kind !== 'directory') return 1
  let count = 2
  for (const name of node.entries.keys()) if (node.entries.get(name)?.kind === 'directory') count++
  return count
}

function suffixOf(line: CommandLine, node: Node): Bytes {
  if (!line.has('F') && !line.has('p')) return ''
  if (node.kind === 'directory') return '/'
  if (line.has('p')) return ''
  if (node.kind === 'symlink') return '@'
  return node.kind === 'file' && node.mode & 0o111 ? '*' : ''
}
