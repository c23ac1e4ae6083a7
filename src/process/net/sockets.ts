// Connections of a process: as streams that its descriptors lead to.

import type { Bytes } from '../bytes.ts'
import type { Connection } from '../connection.ts'
import type { Action } from '../effects.ts'
import { Interrupted } from '../io.ts'
import type { Endpoint, Listener } from '../network.ts'
import type { Stream } from '../stream.ts'
import { type ErrorCode, SystemError } from '../system-error.ts'
import type { Task } from '../task.ts'
import { WaitQueue } from '../wait-queue.ts'

/** As long as Linux sends SYN packets before it gives up (tcp_syn_retries 6). */
const CONNECT_TIMEOUT_MS = 127_000

/** Opens a connection; after `timeoutMs` without any answer it fails with ETIMEDOUT. @throws SystemError */
export function* connect(task: Task, remote: Endpoint, timeoutMs = CONNECT_TIMEOUT_MS): Action<Connection> {
  const settled = new WaitQueue()
  let result: Connection | ErrorCode | undefined
  const pending = task.table.surroundings.network.connect(remote, (outcome) => {
    result = outcome
    settled.wakeAll()
  })
  const untilMs = task.now() + timeoutMs
  while (result === undefined && task.now() < untilMs) {
    const resumption = yield { effect: 'wait', queues: [settled], untilMs }
    if (resumption === 'ready' || resumption === 'timeout') continue
    pending.cancel()
    throw new Interrupted(resumption)
  }
  if (result === undefined) pending.cancel()
  if (result === undefined || typeof result === 'string') throw new SystemError(result ?? 'ETIMEDOUT')
  return result
}

/** A connection as a stream: closing its last descriptor closes it. */
export function socketStream(connection: Connection): Stream {
  return {
    read: (most) => connection.incoming.read(most),
    write(bytes: Bytes) {
      connection.write(bytes)
      return bytes.length
    },
    readable: connection.incoming.readable,
    close: () => connection.close(),
  }
}

/** A listening socket: connections that wait to be accepted. The end of the process closes it. */
export class ListeningSocket {
  readonly arrived = new WaitQueue()
  #listener: Listener
  #waiting: Connection[] = []

  /** @throws SystemError EADDRINUSE, EADDRNOTAVAIL */
  constructor(task: Task, local: Endpoint) {
    this.#listener = task.table.surroundings.network.listen(local, (connection) => {
      this.#waiting.push(connection)
      this.arrived.wakeAll()
    })
    const stream: Stream = { read: () => '', write: () => 0, close: () => this.close() }
    task.descriptors.closeOnExec(task.descriptors.add(stream, FIRST_OWN_DESCRIPTOR))
  }

  /** The next connection that waits, if there is one. */
  accept(): Connection | undefined {
    return this.#waiting.shift()
  }

  /** Takes no connections any more; those that wait are dropped. */
  close(): void {
    this.#listener.close()
    for (const connection of this.#waiting.splice(0)) connection.close()
  }
}

/** Above the standard ones. */
const FIRST_OWN_DESCRIPTOR = 3
