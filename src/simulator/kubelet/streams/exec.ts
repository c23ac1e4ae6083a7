// Answers `kubectl exec` and `kubectl attach`.

import { Pipe } from '../../../process/pipe.ts'
import type { Process } from '../../../process/process.ts'
import type { Pod } from '../../../pod/json.ts'
import { badRequest } from '../../store/api-error.ts'
import { type KubeletParts, takes } from '../parts.ts'
import type { Container } from '../runtime/container.ts'
import { RuntimeError } from '../runtime/start-error.ts'
import { start, type Work } from '../work.ts'

export interface StreamOptions {
  readonly stdin: boolean
  readonly stdout: boolean
  readonly stderr: boolean
  readonly tty: boolean
}

export interface ExecSink {
  stdout(chunk: Uint8Array): void
  stderr(chunk: Uint8Array): void
  end(result: ExecResult): void
}

export type ExecResult =
  { readonly is: 'exit'; readonly code: number } | { readonly is: 'failure'; readonly message: string }

export interface ExecConnection {
  open(sink: ExecSink): void
  stdin(chunk: Uint8Array): void
  closeStdin(): void
  resize(columns: number, rows: number): void
  hangUp(): void
  readonly isReadingStdin: boolean
}

/** The running container of that name. @throws ApiError */
export function runningContainer(parts: KubeletParts, pod: Pod, name: string): Container {
  const containers = parts.runtime.containers(pod.metadata?.uid ?? '')
  const found = containers.find(({ config }) => config.name === name)
  if (found?.state === 'Running') return found
  throw badRequest(`container not found ("${name}")`)
}

/** Runs a command in a container. Source: recordings (exec), containerd's texts. */
export function execStream(
  parts: KubeletParts,
  container: Container,
  command: readonly string[],
  options: StreamOptions,
): ExecConnection {
  const stdin = options.stdin ? new Pipe() : undefined
  let process: Process | undefined
  return {
    open: (sink) => start(run(sink)),
    stdin: (chunk) => stdin?.push(Buffer.from(chunk).toString('latin1')),
    closeStdin: () => stdin?.end(),
    resize: () => {},
    hangUp: () => {
      stdin?.end()
      // The command of a client that has left runs on, unless a terminal has gone with it.
      if (options.tty && process && !process.exit) container.hangUp(process)
    },
    get isReadingStdin() {
      return process?.isReadingStdin ?? false
    },
  }

  function* run(sink: ExecSink): Work {
    yield takes(parts, 'execStartMs')
    const bytesOf = (bytes: string) => Buffer.from(bytes, 'latin1')
    try {
      process = container.exec({
        argv: command,
        tty: options.tty,
        ...(stdin ? { stdin } : {}),
        ...(options.stdout ? { stdout: (bytes) => sink.stdout(bytesOf(bytes)) } : {}),
        ...(options.stderr ? { stderr: (bytes) => sink.stderr(bytesOf(bytes)) } : {}),
      })
    } catch (error) {
      if (!(error instanceof RuntimeError)) throw error
      const message = `error executing command in container: ${error.message}`
      sink.end({ is: 'failure', message: `Internal error occurred: ${message}` })
      return
    }
    const { exit } = yield* ended(process)
    yield takes(parts, 'execExitMs')
    sink.end({ is: 'exit', code: exit?.code ?? 0 })
  }
}

function* ended(process: Process): Work<Process> {
  yield (resume) => process.onExit(() => resume())
  return process
}

/** Connects to the container's own process. */
export function attachStream(container: Container, options: StreamOptions): ExecConnection {
  let detach: () => void = () => {}
  return {
    open: (sink) => {
      const bytesOf = (bytes: string) => Buffer.from(bytes, 'latin1')
      detach = container.attach({
        stdout: (bytes) => options.stdout && sink.stdout(bytesOf(bytes)),
        stderr: (bytes) => options.stderr && sink.stderr(bytesOf(bytes)),
      })
      container.main?.onExit(({ code }) => {
        detach()
        sink.end({ is: 'exit', code })
      })
    },
    stdin: (chunk) => options.stdin && container.stdin?.push(Buffer.from(chunk).toString('latin1')),
    closeStdin: () => {
      if (options.stdin && container.config.stdinOnce) container.stdin?.end()
    },
    resize: () => {},
    hangUp: () => {
      detach()
      if (options.stdin && container.config.stdinOnce) container.stdin?.end()
    },
    get isReadingStdin() {
      return container.main?.isReadingStdin ?? false
    },
  }
}
