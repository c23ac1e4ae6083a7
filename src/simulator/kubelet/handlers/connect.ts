// Connections of the kubelet, with a deadline.

import type { Timers } from '../../../time/clock.ts'
import type { Connection } from '../../../process/connection.ts'
import type { Network } from '../../../process/network.ts'
import type { WaitQueue } from '../../../process/wait-queue.ts'
import type { Wait, Work } from '../work.ts'

/** Go's texts for errors of connect(2). */
const ERROR_TEXTS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'connection refused',
  EHOSTUNREACH: 'no route to host',
  ENETUNREACH: 'network is unreachable',
}

/** Where to connect to, and until when. */
export interface ConnectOptions {
  readonly network: Network
  readonly timers: Timers
  readonly host: string
  readonly port: number
  readonly deadlineMs: number
}

/** A connection, or 'timeout', or Go's text about the failure (`dial tcp 10.244.0.5:80: connect: connection refused`). */
export function* connect({
  network,
  timers,
  host,
  port,
  deadlineMs,
}: ConnectOptions): Work<Connection | string> {
  let result: Connection | string = 'timeout'
  yield (resume) => {
    let isOver = false
    const end = (value: Connection | string) => {
      if (isOver) return
      isOver = true
      result = value
      timer.cancel()
      resume()
    }
    const timer = timers.at(deadlineMs, () => {
      end('timeout')
      pending.cancel()
    })
    const pending = network.connect({ address: host, port }, (settled) =>
      end(typeof settled === 'string' ? dialError(host, port, settled) : settled),
    )
  }
  return result
}

function dialError(host: string, port: number, code: string): string {
  return `dial tcp ${host}:${port}: connect: ${ERROR_TEXTS[code] ?? code}`
}

/** Waits until there may be something to read, or the deadline. */
export function readable(queue: WaitQueue, timers: Timers, deadlineMs: number): Wait {
  return (resume) => {
    let isOver = false
    const end = () => {
      if (isOver) return
      isOver = true
      queue.remove(waiter)
      timer.cancel()
      resume()
    }
    const waiter = { wake: end }
    const timer = timers.at(deadlineMs, end)
    queue.add(waiter)
  }
}
