// Answers that go on: their bytes while they come, and how to stop them.

import type { IncomingMessage } from 'node:http'
import { Latch } from '../../time/latch.ts'
import type { Status, Streaming } from '../cluster.ts'
import { statusOf } from '../status-error.ts'
import type { Transport } from './transport.ts'

export interface Sink {
  /** The server has begun to answer. */
  opened?(): void
  write(chunk: Uint8Array): void
  end(): void
}

/** Reads the body of `path` into `sink` until it ends, breaks, or is stopped. A refusal becomes `failure`. */
export function stream(transport: Transport, path: string, sink: Sink): Streaming {
  const end = new Latch()
  let failure: Status | undefined
  let response: IncomingMessage | undefined
  const read = async (): Promise<void> => {
    response = await transport.open({ method: 'GET', path })
    if (end.isSettled) response.destroy()
    const status = response.statusCode ?? 0
    if (status !== 200) failure = statusOf({ status, body: await bodyOf(response), warnings: [] })
    else sink.opened?.()
    if (status === 200) for await (const chunk of response) sink.write(chunk as Uint8Array)
    sink.end()
  }
  const finish = (error?: unknown): void => {
    if (error instanceof Error && !end.isSettled) failure ??= { message: error.message }
    end.settle()
  }
  read().then(() => finish(), finish)
  return {
    end,
    get failure() {
      return failure
    },
    stop: () => {
      end.settle()
      response?.destroy()
    },
  }
}

/** The JSON value of a body, or its text. */
async function bodyOf(response: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = []
  for await (const chunk of response) chunks.push(chunk as Buffer)
  return jsonOrText(Buffer.concat(chunks).toString())
}

export function jsonOrText(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text // A proxy, or the kubelet, may answer in plain words.
  }
}
