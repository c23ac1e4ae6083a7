// Runs a command in a container over a WebSocket, in the protocol of kubectl exec.

import { WebSocket } from 'ws'
import type { IncomingMessage } from 'node:http'
import { Latch } from '../../time/latch.ts'
import type { Execution, Status } from '../cluster.ts'
import { statusOf } from '../status-error.ts'
import { jsonOrText } from './stream.ts'
import type { Transport } from './transport.ts'

/** The channels of the remote command protocol. Source: apimachinery pkg/util/remotecommand/constants.go. */
const CHANNELS = { stdin: 0, stdout: 1, stderr: 2, error: 3, close: 255 } as const
const PROTOCOL = 'v5.channel.k8s.io'

/** `onStreamed` is called with how many bytes of its channels were read, and taken note of. */
export function exec(
  transport: Transport,
  path: string,
  stdin: string | undefined,
  onStreamed?: (bytes: number) => void,
): Execution {
  const remote = new RemoteCommand(onStreamed)
  const release = transport.hold()
  remote.begun.onSettle(release)
  remote.end.onSettle(release)
  remote.run(transport, path, stdin).catch((error: unknown) => remote.fail({ message: String(error) }))
  return remote
}

class RemoteCommand implements Execution {
  readonly end = new Latch()
  /** The server has taken it. */
  readonly begun = new Latch()
  failure: Status | undefined
  exitCode: number | undefined
  #stdout: Buffer[] = []
  #stderr: Buffer[] = []
  #socket: WebSocket | undefined
  readonly #onStreamed: ((bytes: number) => void) | undefined

  constructor(onStreamed: ((bytes: number) => void) | undefined) {
    this.#onStreamed = onStreamed
  }

  get stdout(): string {
    return Buffer.concat(this.#stdout).toString()
  }

  get stderr(): string {
    return Buffer.concat(this.#stderr).toString()
  }

  stop(): void {
    this.end.settle()
    this.#socket?.terminate()
  }

  fail(failure: Status): void {
    this.failure ??= failure
    this.end.settle()
  }

  async run(transport: Transport, path: string, stdin: string | undefined): Promise<void> {
    const url = new URL(transport.server.pathname.replace(/\/$/, '') + path, transport.server)
    url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:'
    const options = await transport.options()
    // WebSockets take over their connection: kept-alive ones are not theirs.
    const { agent: _, ...own } = options
    const socket = new WebSocket(url, PROTOCOL, own)
    this.#socket = socket
    socket.on('open', () => {
      this.#sendStdin(socket, stdin)
      this.begun.settle()
    })
    socket.on('message', (data: Buffer) => this.#receive(data))
    socket.on('unexpected-response', (_request, response: IncomingMessage) => void this.#refused(response))
    socket.on('error', (error) => this.fail({ message: error.message }))
    socket.on('close', () => {
      if (this.exitCode === undefined) this.fail({ message: 'the connection ended before the command did' })
      this.end.settle()
    })
  }

  #sendStdin(socket: WebSocket, stdin: string | undefined): void {
    if (stdin === undefined) return
    socket.send(Buffer.concat([Buffer.of(CHANNELS.stdin), Buffer.from(stdin)]))
    socket.send(Buffer.of(CHANNELS.close, CHANNELS.stdin))
  }

  #receive(data: Buffer): void {
    const channel = data[0]
    const payload = data.subarray(1)
    if (channel === CHANNELS.stdout) this.#stdout.push(payload)
    else if (channel === CHANNELS.stderr) this.#stderr.push(payload)
    else if (channel === CHANNELS.error) this.#ended(JSON.parse(payload.toString()) as ExecStatus)
    this.#onStreamed?.(payload.length)
  }

  /** The error channel says how it ended; the server then closes the connection. */
  #ended(status: ExecStatus): void {
    const cause = status.details?.causes?.find(({ reason }) => reason === 'ExitCode')
    if (status.status === 'Success') this.exitCode = 0
    else if (cause) this.exitCode = Number(cause.message)
    else this.failure = status
    this.end.settle()
  }

  async #refused(response: IncomingMessage): Promise<void> {
    const chunks: Buffer[] = []
    for await (const chunk of response) chunks.push(chunk as Buffer)
    const body = jsonOrText(Buffer.concat(chunks).toString())
    this.fail(statusOf({ status: response.statusCode ?? 0, body, warnings: [] }))
  }
}

interface ExecStatus extends Status {
  readonly details?: { readonly causes?: readonly { readonly reason: string; readonly message: string }[] }
}
