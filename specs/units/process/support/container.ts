// A container for specs: one process in a process namespace of its own, on a virtual clock.

import { decode } from '../../../../src/process/bytes.ts'
import { FileSystem } from '../../../../src/process/files.ts'
import { layer, type LayerEntry } from '../../../../src/process/layer.ts'
import type { MemoryGroup } from '../../../../src/process/memory.ts'
import type { Network } from '../../../../src/process/network.ts'
import type { Pipe } from '../../../../src/process/pipe.ts'
import type { Process, ProcessSpec } from '../../../../src/process/process.ts'
import { ProcessTable } from '../../../../src/process/process-table.ts'
import { programs } from '../../../../src/process/programs/programs.ts'
import type { Timers } from '../../../../src/time/clock.ts'
import { Random } from '../../../../src/time/random.ts'
import { VirtualClock } from '../../../../src/time/virtual.ts'
import { noNetwork } from './no-network.ts'

/** What a spec may want otherwise. */
export interface ContainerOptions {
  readonly files?: Readonly<Record<string, LayerEntry>>
  readonly network?: (timers: Timers) => Network
  readonly memory?: MemoryGroup
}

const START_MS = Date.UTC(2026, 10, 22, 8, 31, 20)

const image = layer(
  {
    ...Object.fromEntries(Object.entries(programs).map(([name, program]) => [`/bin/${name}`, program])),
    '/agnhost': programs.agnhost,
    '/usr/share/nginx/html/index.html': '<p>hello</p>\n',
    '/etc/passwd': 'root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/home:/bin/false\n',
    '/etc/group': 'root:x:0:\nnogroup:x:65534:\n',
    '/root': { directory: true, mode: 0o700 },
    '/scratch': { directory: true },
    '/tmp': { directory: true, mode: 0o1777 },
  },
  START_MS,
)

/** A container, what its processes have written, and when. */
export class Container {
  readonly clock = new VirtualClock(START_MS)
  readonly files: FileSystem
  readonly table: ProcessTable
  /** Lines as `+1.5s out text`, in order. */
  readonly log: string[] = []
  stdout = ''
  stderr = ''

  constructor(options: ContainerOptions = {}) {
    this.files = new FileSystem({ timers: this.clock, layer: image })
    for (const [path, entry] of Object.entries(options.files ?? {})) {
      if (typeof entry === 'string') this.files.writeText(path, entry)
    }
    const { memory } = options
    const network = options.network?.(this.clock) ?? noNetwork
    const around = {
      timers: this.clock,
      files: this.files,
      network,
      hostname: 'web-0',
      random: new Random('spec'),
    }
    this.table = new ProcessTable(memory ? { ...around, memory } : around)
  }

  /** Starts a process whose output is kept. */
  start(argv: readonly string[], spec: Partial<ProcessSpec> = {}): Process {
    return this.table.spawn({
      argv,
      env: { PATH: '/bin', HOME: '/root' },
      stdout: (bytes, atMs) => this.#keep('stdout', bytes, atMs),
      stderr: (bytes, atMs) => this.#keep('stderr', bytes, atMs),
      ...spec,
    })
  }

  /** Lets cluster time go by. */
  pass(seconds: number): void {
    const untilMs = this.clock.now() + Math.round(seconds * 1000)
    while (this.clock.step(untilMs));
    this.clock.advanceTo(untilMs)
  }

  /** Runs until the process has ended, at most an hour. */
  finish(process: Process): number {
    const limitMs = this.clock.now() + 3_600_000
    while (!process.exit && this.clock.step(limitMs));
    if (!process.exit)
      throw new Error(`it still runs after an hour; so far it wrote ${this.stdout}${this.stderr}`)
    return process.exit.code
  }

  #keep(stream: 'stdout' | 'stderr', bytes: string, atMs: number): void {
    this[stream] += decode(bytes)
    this.log.push(`+${(atMs - START_MS) / 1000}s ${stream} ${decode(bytes).trimEnd()}`)
  }
}

/** What one script did. */
export interface Outcome {
  readonly stdout: string
  readonly stderr: string
  readonly code: number
}

/** Runs `sh -c script` to its end, in an empty directory. */
export function runScript(
  script: string,
  options: ContainerOptions & { readonly stdin?: Pipe; readonly shell?: string } = {},
): Outcome {
  const container = new Container(options)
  const { stdin, shell = 'sh' } = options
  const process = container.start([shell, '-c', script], { cwd: '/scratch', ...(stdin ? { stdin } : {}) })
  const code = container.finish(process)
  return { stdout: container.stdout, stderr: container.stderr, code }
}
