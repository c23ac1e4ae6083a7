// What the host's kubectl sees of a terminal: its files, in a folder of the host that nobody else uses.

import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Bytes } from '../process/bytes.ts'
import type { FileSystem } from '../process/files.ts'

/** The folders that are mirrored: where people keep manifests. */
export const FOLDERS = ['/root', '/tmp']

/** A folder of the host that holds a copy of a terminal's files while kubectl runs. */
export class Mirror {
  /** Where kubectl keeps what it has learnt of a server. */
  readonly cache: string
  #root: string
  /** The terminal's own files stand apart: no path of the terminal leads to what is kept for kubectl. */
  #files: string
  #copied = new Map<string, Bytes>()

  constructor() {
    this.#root = mkdtempSync(join(tmpdir(), 'podproof-'))
    this.cache = join(this.#root, 'cache')
    this.#files = join(this.#root, 'files')
    for (const folder of FOLDERS) mkdirSync(this.hostPath(folder), { recursive: true })
  }

  /** A path of the terminal, on the host. Nothing leads out of the mirror. */
  hostPath(path: string): string {
    return join(this.#files, join('/', path))
  }

  /** The home of the host's kubectl: an empty folder, which the terminal does not see. */
  get hostHome(): string {
    const folder = join(this.#root, 'home')
    mkdirSync(folder, { recursive: true })
    return folder
  }

  /** Keeps a file beside the terminal's, where only kubectl finds it; answers its path on the host. */
  keep(name: string, text: string): string {
    const file = join(this.#root, `kept-${name}`)
    writeFileSync(file, text, { mode: 0o600 })
    return file
  }

  /** The file as kubectl has left it. */
  kept(name: string): string {
    return readFileSync(join(this.#root, `kept-${name}`), 'utf8')
  }

  /** What kubectl has written, with paths of the host made paths of the terminal. */
  terminalText(bytes: Bytes): Bytes {
    return bytes.replaceAll(this.#files, '').replaceAll(this.#root, '')
  }

  /** Brings the host's copy up to date before kubectl starts. */
  toHost(files: FileSystem): void {
    const seen = new Set<string>()
    for (const folder of FOLDERS) for (const path of filesIn(files, folder)) this.#copyOut(files, path, seen)
    for (const path of [...this.#copied.keys()].filter((known) => !seen.has(known))) {
      rmSync(this.hostPath(path), { force: true })
      this.#copied.delete(path)
    }
  }

  /** Takes over what kubectl has written (`config set-context`, `cp`). */
  toTerminal(files: FileSystem): void {
    for (const folder of FOLDERS) {
      for (const path of hostFilesIn(this.hostPath(folder), folder)) {
        const content = readFileSync(this.hostPath(path), 'latin1')
        if (this.#copied.get(path) === content) continue
        files.makeDirectory(dirname(path), { mode: 0o755 }, true)
        files.write(path, content, { mode: statSync(this.hostPath(path)).mode & 0o777 })
        this.#copied.set(path, content)
      }
    }
  }

  /** Removes the folder. */
  close(): void {
    rmSync(this.#root, { recursive: true, force: true })
  }

  #copyOut(files: FileSystem, path: string, seen: Set<string>): void {
    const content = files.read(path)
    seen.add(path)
    if (this.#copied.get(path) === content) return
    const hostFile = this.hostPath(path)
    mkdirSync(dirname(hostFile), { recursive: true })
    // Like a kubeconfig, which others may not read.
    writeFileSync(hostFile, content, { encoding: 'latin1', mode: 0o600 })
    this.#copied.set(path, content)
  }
}

/** The regular files below a folder of a terminal; links are none. */
export function filesIn(files: FileSystem, folder: string): string[] {
  if (!files.exists(folder)) return []
  return files.list(folder).flatMap((name) => {
    const path = `${folder}/${name}`
    const { kind } = files.node(path, undefined, false)
    if (kind === 'directory') return filesIn(files, path)
    return kind === 'file' ? [path] : []
  })
}

/** The same of the host's copy, as paths of the terminal. */
function hostFilesIn(hostFolder: string, folder: string): string[] {
  return readdirSync(hostFolder, { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`
    if (entry.isDirectory()) return hostFilesIn(join(hostFolder, entry.name), path)
    return entry.isFile() ? [path] : []
  })
}
