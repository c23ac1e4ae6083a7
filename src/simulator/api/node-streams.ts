// What the API server asks of a node: logs, commands in containers, and connections into a Pod.

import type { Pod } from '../../pod/json.ts'

/** Answered by the kubelet of the Pod's node. Every refusal is an ApiError with the kubelet's words. */
export interface NodeStreams {
  /**
   * The log of a container. The caller has checked that the container exists and is named. What its state does not allow
   * is refused at once (`container "c" in pod "p" is waiting to start: PodInitializing`); what is there is written on open.
   */
  logs(pod: Pod, container: string, options: LogOptions): LogStream
  exec(pod: Pod, container: string, options: ExecOptions): ExecConnection
  attach(pod: Pod, container: string, options: StreamOptions): ExecConnection
  portForward(pod: Pod, ports: readonly number[]): ForwardConnection
}

/** PodLogOptions, already validated. */
export interface LogOptions {
  readonly follow: boolean
  readonly previous: boolean
  readonly timestamps: boolean
  /** Lines written before this instant are left out; of sinceSeconds or sinceTime. */
  readonly sinceMs?: number | undefined
  readonly tailLines?: number | undefined
  readonly limitBytes?: number | undefined
}

export interface LogStream {
  /** Begins to write; what is there already is written before this returns. Answers how to hang up. */
  open(sink: LogSink): () => void
}

export interface LogSink {
  write(chunk: Uint8Array): void
  end(): void
}

export interface StreamOptions {
  readonly stdin: boolean
  readonly stdout: boolean
  readonly stderr: boolean
  readonly tty: boolean
}

export interface ExecOptions extends StreamOptions {
  readonly command: readonly string[]
}

/** A running command, or the container's own process. Output that came before `open` is told by it. */
export interface ExecConnection {
  open(sink: ExecSink): void
  stdin(chunk: Uint8Array): void
  /** The end of stdin. */
  closeStdin(): void
  resize(columns: number, rows: number): void
  /** The client is gone. */
  hangUp(): void
  /** Whether the command waits for bytes of its client, and not for the clock: only its client can make it go on. */
  readonly isReadingStdin?: boolean
}

export interface ExecSink {
  stdout(chunk: Uint8Array): void
  stderr(chunk: Uint8Array): void
  /** How it ended; exactly once, as the last thing. */
  end(result: ExecResult): void
}

/** What the error channel of exec carries (apimachinery remotecommand constants). */
export type ExecResult =
  | { readonly is: 'exit'; readonly code: number }
  /** The command could not be run: the runtime's words. */
  | { readonly is: 'failure'; readonly message: string }

/** Connections to ports of a Pod. */
export interface ForwardConnection {
  /** Connects to a port. `error` of the sink tells why it could not, or why it broke. */
  connect(port: number, sink: ForwardSink): ForwardStream
  hangUp(): void
}

export interface ForwardSink {
  data(chunk: Uint8Array): void
  error(message: string): void
  end(): void
}

export interface ForwardStream {
  write(chunk: Uint8Array): void
  end(): void
}
