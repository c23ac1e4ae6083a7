// Paced clocks under real clients: the same rows at the same cluster times, whatever the pace.

import { expect } from 'chai'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { clusterOf } from '../../../src/cluster/simulator.ts'
import type { WatchEvent } from '../../../src/cluster/cluster.ts'
import { podSummary } from '../../../src/pod/summary.ts'
import { serveApi } from '../../../src/simulator/api/http/server.ts'
import type { ApiServer } from '../../../src/simulator/api/http/server.ts'
import { simulator } from '../../../src/simulator/simulator.ts'
import type { Simulator } from '../../../src/simulator/simulator.ts'
import { hostWall } from '../../../src/time/host.ts'
import { PacedClock } from '../../../src/time/paced.ts'
import { kubectl136 } from '../../support/kubectl.ts'
import { KubectlClient } from './kubectl-client.ts'

const text = readFileSync(
  fileURLToPath(new URL('../../manifests/vito-demo-po-nginx.yaml', import.meta.url)),
  'utf8',
)
const NAME = 'vito-demo-po-nginx'
/** Real time takes real time: only the full run does it. */
const SPEEDS = process.env['PODPROOF_FULL'] ? [1, 10, 100] : [100]

interface Paced {
  readonly simulated: Simulator
  readonly clock: PacedClock
  readonly server: ApiServer
  readonly events: readonly WatchEvent[]
  /** Resolves when the Pod shows a status; `deleted` when it is gone. */
  readonly shows: (status: string) => Promise<void>
}

async function paced(speed: number): Promise<Paced> {
  const simulated = simulator({ startedAtMs: hostWall.now() })
  const clock = new PacedClock({ virtual: simulated.clock, speed })
  const server = await serveApi({ api: simulated.api, clock })
  const events: WatchEvent[] = []
  let wanted: { status: string; resolve: () => void } | undefined
  const look = () => {
    if (events.length === 0 || statusOf(events[events.length - 1] as WatchEvent) !== wanted?.status) return
    wanted.resolve()
    wanted = undefined
  }
  clusterOf(simulated).watch('/api/v1/namespaces/default/pods', {}, (event) => {
    events.push(event)
    look()
  })
  const shows = (status: string) =>
    new Promise<void>((resolve) => {
      wanted = { status, resolve }
      look()
    })
  return { simulated, clock, server, events, shows }
}

function statusOf({ type, object }: WatchEvent): string {
  return type === 'DELETED' ? 'deleted' : podSummary(object).status
}

/** The rows without repeats, each with its cluster time. */
function rowsOf(events: readonly WatchEvent[]) {
  const rows = events.map((event) => ({ status: statusOf(event), atMs: event.atMs }))
  return rows.filter(({ status }, index) => status !== rows[index - 1]?.status)
}

const DRIVERS = {
  async kubectl({ server, shows }: Paced) {
    const client = new KubectlClient(kubectl136() ?? '', server.kubeConfig())
    await client.run('create -f -', text)
    await shows('Running')
    await client.run(`delete pod ${NAME}`)
    client.close()
  },
  async 'client-node'({ server, shows }: Paced) {
    const { CoreV1Api, KubeConfig, loadYaml } = await import('@kubernetes/client-node')
    const config = new KubeConfig()
    config.loadFromString(server.kubeConfig())
    const core = config.makeApiClient(CoreV1Api)
    await core.createNamespacedPod({ namespace: 'default', body: loadYaml(text) })
    await shows('Running')
    await core.deleteNamespacedPod({ namespace: 'default', name: NAME })
    await shows('deleted')
  },
}

describe('a paced simulator', function () {
  this.timeout(120_000)
  for (const speed of SPEEDS) {
    for (const [name, drive] of Object.entries(DRIVERS)) {
      it(`shows the lifecycle of a Pod with a preStop of 20 s at ${speed}x, driven by ${name}`, async function () {
        if (name === 'kubectl' && !kubectl136()) return this.skip() // kubectl 1.36 is for linux-amd64
        const run = await paced(speed)
        try {
          await drive(run)
        } finally {
          await run.server.close()
          run.clock.close()
          run.simulated.close()
        }
        const rows = rowsOf(run.events)
        expect(rows.map(({ status }) => status)).to.deep.equal([
          'Pending', 'ContainerCreating', 'Running', 'Terminating', 'Completed', 'deleted',
        ]) // prettier-ignore
        const at = (wanted: string) => rows.find(({ status }) => status === wanted)?.atMs ?? NaN
        expect(at('Running') - at('Pending')).to.be.within(600, 2_500)
        expect(at('deleted') - at('Terminating')).to.be.within(20_000, 22_500)
        return undefined
      })
    }
  }
})
