// The real kubectl against a served simulator, for specs.

import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface Finished {
  readonly exitCode: number | null
  readonly stdout: string
  readonly stderr: string
}

/** A kubectl that goes on. */
export interface Running {
  readonly stdout: string
  readonly stderr: string
  readonly finished: Promise<Finished>
  /** Resolves once stdout and stderr hold `text`. */
  shows(text: string): Promise<void>
  type(text: string): void
  endInput(): void
  kill(signal?: NodeJS.Signals): void
}

/** kubectl with a kubeconfig and a home of its own. */
export class KubectlClient {
  #file: string
  #home = mkdtempSync(join(tmpdir(), 'podproof-spec-'))

  constructor(file: string, kubeConfig: string) {
    this.#file = file
    writeFileSync(this.path('kubeconfig'), kubeConfig, { mode: 0o600 })
  }

  /** A file in kubectl's working directory. */
  path(name: string): string {
    return join(this.#home, name)
  }

  /** Runs a command line (words separated by blanks) to its end. */
  run(line: string, input?: string): Promise<Finished> {
    const running = this.start(line)
    if (input !== undefined) running.type(input)
    running.endInput()
    return running.finished
  }

  /** Starts a command line, in a terminal of its own if told (util-linux's script); whoever starts it ends it. */
  start(line: string, { tty = false } = {}): Running {
    const env = { HOME: this.#home, KUBECONFIG: this.path('kubeconfig'), PATH: '', TZ: 'UTC' }
    const [file, argv] = tty
      ? ['/usr/bin/script', ['-qfec', `exec ${this.#file} ${line}`, '/dev/null']]
      : [this.#file, line.split(' ')]
    const child = spawn(file, argv, { env, cwd: this.#home, stdio: 'pipe' })
    const written = { stdout: '', stderr: '' }
    const listeners = new Set<() => void>()
    for (const stream of ['stdout', 'stderr'] as const) {
      child[stream].on('data', (data: Buffer) => {
        written[stream] += data.toString()
        for (const listener of listeners) listener()
      })
    }
    child.stdin.on('error', () => {}) // it may have ended before it has read
    const finished = new Promise<Finished>((resolve) =>
      child.on('close', (exitCode) => resolve({ exitCode, ...written })),
    )
    return {
      get stdout() {
        return written.stdout
      },
      get stderr() {
        return written.stderr
      },
      finished,
      shows: (text) =>
        new Promise((resolve) => {
          const look = () => {
            if (!`${written.stdout}${written.stderr}`.includes(text)) return
            listeners.delete(look)
            resolve()
          }
          listeners.add(look)
          look()
        }),
      type: (text) => void child.stdin.write(text),
      endInput: () => void child.stdin.end(),
      kill: (signal = 'SIGKILL') => void child.kill(signal),
    }
  }

  close(): void {
    rmSync(this.#home, { recursive: true, force: true })
  }
}
