// A terminal: a place with files, an environment and a shell, in which commands run in cluster time.

import { decode, encode } from '../process/bytes.ts'
import { FileSystem } from '../process/files.ts'
import { layer } from '../process/layer.ts'
import type { LayerEntry } from '../process/layer.ts'
import { Pipe } from '../process/pipe.ts'
import { ProcessTable } from '../process/process-table.ts'
import type { Process } from '../process/process.ts'
import { gnuDate } from '../process/programs/date.ts'
import { programs } from '../process/programs/programs.ts'
import type { Clock, Timers } from '../time/clock.ts'
import { Latch } from '../time/latch.ts'
import type { Owner } from '../time/ownership.ts'
import { Random } from '../time/random.ts'
import { kubectl } from './kubectl.ts'
import { recordedKubectlCost } from './kubectl-cost.ts'
import { withNamespace } from './kube-config.ts'
import { Mirror } from './mirror.ts'
import { noNetwork } from './no-network.ts'
import { ShellSession } from './shell-session.ts'

/** Where the terminal stands, and what is found in it. */
export interface TerminalOptions {
  readonly clock: Clock & Timers
  /** The host's kubectl. */
  readonly kubectlFile: string
  /** The text of the kubeconfig that kubectl finds in its home. */
  readonly kubeConfig: string
  /** The namespace of its context. */
  readonly namespace?: string
  /** Environment variables beside HOME, PATH, USER and PWD. */
  readonly env?: Readonly<Record<string, string>>
  /** Files by their paths, in /root and /tmp. */
  readonly files?: Readonly<Record<string, string>>
  /** Who lets cluster time go by; left out where it goes by itself, and where kubectl costs what it costs. */
  readonly owner?: Owner | undefined
  readonly hostname?: string
}

/** A command that was started in a terminal. */
export interface Running {
  /** Settles at the instant of its end. */
  readonly end: Latch
  /** Known once it has ended. */
  readonly exitCode: number | undefined
  readonly stdout: string
  readonly stderr: string
  kill(): void
}

const HOME = '/root'
/** Manifests are small: a terminal's files are copied for kubectl, and must not fill the host. */
const MOST_FILE_BYTES = 64_000_000

/** One terminal. Several may stand on one clock. */
export class Terminal {
  #mirror: Mirror
  #table: ProcessTable
  #env: Readonly<Record<string, string>>
  #clock: Clock & Timers
  #files: FileSystem

  constructor(options: TerminalOptions) {
    const { clock, owner, kubectlFile, hostname = 'localhost' } = options
    this.#mirror = new Mirror()
    const cost = owner && recordedKubectlCost
    const kubeConfig = withNamespace(options.kubeConfig, options.namespace)
    const program = kubectl({ file: kubectlFile, kubeConfig, mirror: this.#mirror, cost, owner })
    const files = new FileSystem({
      timers: clock,
      layer: layer(entries(program), clock.now()),
      limitBytes: MOST_FILE_BYTES,
    })
    files.makeDirectory(`${HOME}/.kube`, { mode: 0o700 }, true)
    files.write(`${HOME}/.kube/config`, encode(kubeConfig), { mode: 0o600 })
    for (const [path, text] of Object.entries(options.files ?? {})) files.write(path, encode(text))
    this.#clock = clock
    this.#files = files
    const random = new Random(`terminal/${hostname}`)
    this.#table = new ProcessTable({ timers: clock, files, network: noNetwork, hostname, random })
    this.#env = { HOME, USER: 'root', PATH: '/usr/local/bin:/usr/bin:/bin', ...options.env }
  }

  /** Starts a command. What it reads from its terminal is `stdin`, and then the end. */
  run(argv: readonly string[], stdin?: string): Running {
    const input = new Pipe()
    if (stdin !== undefined) input.push(encode(stdin))
    input.end()
    const end = new Latch()
    const output = { stdout: '', stderr: '' }
    const process = this.#table.spawn({
      argv,
      env: this.#env,
      cwd: HOME,
      stdin: input,
      stdout: (bytes) => (output.stdout += bytes),
      stderr: (bytes) => (output.stderr += bytes),
    })
    process.onExit(() => end.settle())
    return {
      end,
      get exitCode() {
        return process.exit?.code
      },
      get stdout() {
        return decode(output.stdout)
      },
      get stderr() {
        return decode(output.stderr)
      },
      kill: () => this.#kill(process),
    }
  }

  /** Opens a shell to type into. */
  openShell(): ShellSession {
    return new ShellSession({
      now: () => this.#clock.now(),
      spawn: (spec) => this.#table.spawn({ ...spec, env: this.#env, cwd: HOME }),
      interrupt: (shell) => {
        const others = this.#table.processes.filter(({ pid }) => pid !== shell.pid)
        for (const { pid } of others) this.#table.signal(pid, 'INT')
      },
      kill: () => {
        for (const { pid } of this.#table.processes) this.#table.signal(pid, 'KILL')
      },
    })
  }

  /** Puts a file into the terminal, folders included; relative paths are those of its home. */
  writeFile(path: string, text: string): void {
    const absolute = path.startsWith('/') ? path : `${HOME}/${path}`
    this.#files.makeDirectory(absolute.replace(/\/[^/]*$/, '') || '/', { mode: 0o755 }, true)
    this.#files.write(absolute, encode(text))
  }

  /** Ends every command and removes what the terminal has put on the host. */
  close(): void {
    this.#table.destroy()
    this.#mirror.close()
  }

  #kill(process: Process): void {
    this.#table.signal(process.pid, 'KILL')
  }
}

/** The shell and its tools, as a Linux has them, and kubectl. */
function entries(kubectlProgram: ReturnType<typeof kubectl>): Record<string, LayerEntry> {
  const tools = Object.entries(programs).map(([name, program]) => [`/bin/${name}`, program] as const)
  const folders = ['/root', '/tmp'].map((path) => [path, { directory: true }] as const)
  return {
    ...Object.fromEntries([...tools, ...folders]),
    '/bin/date': gnuDate(),
    '/usr/local/bin/kubectl': kubectlProgram,
  }
}
