// A served simulator that can be restarted while clients use it: its connections break, its state and its address stay.

import { serveApi } from '../../src/simulator/api/http/server.ts'
import type { ApiServer } from '../../src/simulator/api/http/server.ts'
import { simulator } from '../../src/simulator/simulator.ts'
import type { ClockState } from '../../src/time/client-clock.ts'
import { LeapClock } from '../../src/time/leap.ts'

export interface RestartableApi {
  readonly port: number
  /** The kubeconfig of a client that goes through another port: that of a proxy. */
  kubeConfigAt(port: number): string
  /** Names of the namespaces that tests have made and nobody has deleted. */
  leftNamespaces(): readonly string[]
  /** What the clock does, and for whom. */
  state(): ClockState
  restart(): Promise<void>
  close(): Promise<void>
}

const TOKEN = 'the-same-after-a-restart'

export async function restartableApi(seed: string): Promise<RestartableApi> {
  const simulated = simulator({ seed })
  const clock = new LeapClock({ virtual: simulated.clock })
  const serve = (port: number): Promise<ApiServer> =>
    serveApi({ api: simulated.api, clock, port, tls: false, token: TOKEN })
  let server = await serve(0)
  const port = Number(new URL(server.url).port)
  return {
    port,
    kubeConfigAt: (other) => server.kubeConfig().replaceAll(`127.0.0.1:${port}`, `127.0.0.1:${other}`),
    leftNamespaces: () =>
      simulated.store

        .list('namespaces')
        .filter(({ metadata }) => metadata.labels?.['podproof.dev/test'] && !metadata.deletionTimestamp)
        .map(({ metadata }) => metadata.name ?? ''),
    state: () => clock.state(),
    async restart() {
      await server.close()
      server = await serve(port)
    },
    async close() {
      await server.close()
      clock.close()
      simulated.close()
    },
  }
}
