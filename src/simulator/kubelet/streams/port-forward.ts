// Answers `kubectl port-forward`: connections into a pod's network.

import { connect, readable } from '../handlers/connect.ts'
import type { KubeletParts } from '../parts.ts'
import type { Connection } from '../../../process/connection.ts'
import { start, type Work } from '../work.ts'

export interface ForwardSink {
  data(chunk: Uint8Array): void
  error(message: string): void
  end(): void
}

export interface ForwardStream {
  write(chunk: Uint8Array): void
  end(): void
}

/** How long a connection may stay idle (kubelet config: streamingConnectionIdleTimeout). */
const IDLE_MS = 4 * 3_600_000
const CONNECT_MS = 30_000

/** Connects inside the pod's own network, as containerd does: to localhost. */
export function portForward(parts: KubeletParts, podUid: string) {
  const open = new Set<Connection>()
  return {
    connect(port: number, sink: ForwardSink): ForwardStream {
      let connection: Connection | undefined
      let isEnded = false
      const early: string[] = []
      start(forward())
      return {
        write: (chunk) => {
          const bytes = Buffer.from(chunk).toString('latin1')
          if (connection) connection.write(bytes)
          else early.push(bytes)
        },
        end: () => {
          isEnded = true
          connection?.close()
        },
      }

      function* forward(): Work {
        const { timers } = parts
        const network = parts.runtime.sandbox(podUid)?.network.network
        const deadlineMs = timers.now() + CONNECT_MS
        const made = network && (yield* connect({ network, timers, host: '127.0.0.1', port, deadlineMs }))
        if (made === undefined || typeof made === 'string') {
          const inside = `failed to execute portforward in network namespace: failed to connect to localhost:${port} inside namespace`
          const why = `IPv4: ${(made ?? 'no sandbox').replace('127.0.0.1:', '127.0.0.1:')}`
          sink.error(
            `an error occurred forwarding ${port} -> ${port}: error forwarding port ${port} to pod ${podUid}: ${inside}, ${why}`,
          )
          sink.end()
          return
        }
        connection = made
        open.add(made)
        for (const bytes of early) made.write(bytes)
        if (isEnded) made.close()
        for (;;) {
          const bytes = made.incoming.read(65_536)
          if (bytes === '') break
          if (bytes !== undefined) sink.data(Buffer.from(bytes, 'latin1'))
          else yield readable(made.incoming.readable, timers, timers.now() + IDLE_MS)
        }
        open.delete(made)
        sink.end()
      }
    },
    hangUp: () => {
      for (const connection of open) connection.close()
    },
  }
}
