// Watches what a page could do to the host: a folder with a secret, places where programs leave files, a port that counts.

import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { createServer, type Server } from 'node:net'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'

export class HostWatch {
  /** What stands in the file `secret` of the folder. */
  readonly secret = 'a-treasure-of-the-host'
  readonly port: number
  readonly #root: string
  readonly #server: Server
  readonly #takeConnections: () => number
  readonly #tmpdirBefore = process.env['TMPDIR']
  #before = new Map<string, string>()

  private constructor(server: Server, port: number, takeConnections: () => number) {
    this.#root = mkdtempSync(join(tmpdir(), 'podproof-host-'))
    this.#server = server
    this.port = port
    this.#takeConnections = takeConnections
  }

  /** Listens, and keeps temporary files of this process where it can see them until it is closed. */
  static async open(): Promise<HostWatch> {
    let connections = 0
    const server = createServer((socket) => {
      connections++
      socket.destroy()
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const address = server.address()
    const port = typeof address === 'object' && address ? address.port : 0
    const watch = new HostWatch(server, port, () => {
      const count = connections
      connections = 0
      return count
    })
    process.env['TMPDIR'] = watch.#root
    return watch
  }

  /** The folder of the host that a page is told of. */
  get folder(): string {
    return join(this.#root, 'host')
  }

  /** Puts everything back as it was, and begins to watch. */
  begin(): void {
    rmSync(this.#root, { recursive: true, force: true })
    mkdirSync(join(this.folder, 'examples'), { recursive: true })
    writeFileSync(join(this.folder, 'secret'), `${this.secret}\n`)
    writeFileSync(join(this.folder, 'secret.yaml'), `${this.secret}: true\n`)
    symlinkSync(join(this.folder, 'secret.yaml'), join(this.folder, 'examples', 'link.yaml'))
    this.#takeConnections()
    this.#before = this.#files()
  }

  /** What is different since: files of the folder by their names in it, others by their paths. Sorted. */
  changes(): string[] {
    const before = this.#before
    const now = this.#files()
    const connections = this.#takeConnections()
    return [
      ...[...now.keys()].filter((path) => !before.has(path)).map((path) => `new: ${path}`),
      ...[...before.keys()].filter((path) => !now.has(path)).map((path) => `gone: ${path}`),
      ...[...now]
        .filter(([path, was]) => (before.get(path) ?? was) !== was)
        .map(([path]) => `changed: ${path}`),
      ...(connections > 0 ? [`connections: ${connections}`] : []),
    ].toSorted()
  }

  close(): void {
    this.#server.close()
    if (this.#tmpdirBefore === undefined) delete process.env['TMPDIR']
    else process.env['TMPDIR'] = this.#tmpdirBefore
    rmSync(this.#root, { recursive: true, force: true })
  }

  /** What the watched folder holds, and which names stand where programs leave files. */
  #files(): Map<string, string> {
    const files = new Map<string, string>()
    for (const name of readdirSync(this.folder, { recursive: true }).map(String)) {
      const path = join(this.folder, name)
      files.set(name, statSync(path).isFile() ? readFileSync(path, 'utf8') : 'folder')
    }
    for (const folder of [this.#root, homedir(), join(homedir(), '.kube'), process.cwd(), '/etc'])
      for (const name of namesIn(folder)) files.set(join(folder, name), 'there')
    return files
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
    throw error
  }
}
