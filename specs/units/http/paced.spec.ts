// Paced clocks under real clients: the same rows at the same cluster times, whatever the pace.

import { expect } from 'chai'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { clusterOf } from '../../../src/cluster/simulator.ts'
import { readManifest } from '../../../src/cluster/manifest.ts'
import { podSummary } from '../../../src/pod/summary.ts'
import { serveApi } from '../../../src/simulator/api/http/server.ts'
import { simulator } from '../../../src/simulator/simulator.ts'
import type { Simulator } from '../../../src/simulator/simulator.ts'
import { hostWall } from '../../../src/time/host.ts'
import { Latch } from '../../../src/time/latch.ts'
import { PacedClock } from '../../../src/time/paced.ts'
import { kubectl136 } from '../../support/kubectl.ts'
import { KubectlClient } from './kubectl-client.ts'

const manifest = (name: string) =>
  readFileSync(fileURLToPath(new URL(`../../manifests/${name}.yaml`, import.meta.url)), 'utf8')
/** Real time takes real time: only the full run does it. */
const SPEEDS = process.env['PODPROOF_FULL'] ? [1, 10, 100] : [100]
/** The init containers look for their Service every 2 s, the kubelet for its containers every second. */
const TICK_MS = 2_000 + 1_000

/** A step of a lifecycle: a manifest to create, a status to wait for, or the Pod to delete. */
type Step = { readonly create: string } | { readonly shows: string } | { readonly deletePod: string }

/** What is asked of a cluster by its client. */
interface Driver {
  create(name: string): Promise<unknown>
  deletePod(name: string): Promise<unknown>
  close?(): void
}

const LIFECYCLES: Readonly<Record<string, readonly Step[]>> = {
  'a Pod with a preStop of 20 s': [
    { create: 'vito-demo-po-nginx' },
    { shows: 'Running' },
    { deletePod: 'vito-demo-po-nginx' },
    { shows: 'deleted' },
  ],
  'a Pod whose init containers wait for Services': [
    { create: 'myapp-pod' },
    { shows: 'Init:0/2' },
    { create: 'myservice' },
    { shows: 'Init:1/2' },
    { create: 'mydb' },
    { shows: 'Running' },
    { deletePod: 'myapp-pod' },
    { shows: 'deleted' },
  ],
}

/** A status of the Pod, and how long after the client's last deed it came. */
interface Row {
  readonly shows: string
  readonly afterMs: number
}

/** What a cluster shows while it is driven. */
class Showing {
  readonly rows: Row[] = []
  readonly stop: () => void
  #deedMs = 0
  #wanted: { readonly status: string; readonly latch: Latch } | undefined

  constructor(simulated: Simulator) {
    const cluster = clusterOf(simulated)
    const watches = [
      cluster.watch('/api/v1/namespaces/default/pods', {}, ({ type, object, atMs }) =>
        this.#note(type === 'DELETED' ? 'deleted' : podSummary(object).status, atMs),
      ),
      cluster.watch('/api/v1/namespaces/default/services', {}, ({ atMs }) => void (this.#deedMs = atMs)),
    ]
    this.stop = () => watches.forEach((watch) => watch.stop())
  }

  /** Settles when the last row is `status`. */
  shows(status: string): Latch {
    const latch = new Latch()
    this.#wanted = { status, latch }
    this.#look()
    return latch
  }

  #note(shows: string, atMs: number): void {
    if (shows === this.rows.at(-1)?.shows) return
    if (DEEDS.has(shows)) this.#deedMs = atMs
    this.rows.push({ shows, afterMs: atMs - this.#deedMs })
    this.#look()
  }

  #look(): void {
    if (this.#wanted?.status === this.rows.at(-1)?.shows) this.#wanted?.latch.settle()
  }
}

/** What a client's request makes the cluster show at once. */
const DEEDS = new Set(['Pending', 'Terminating'])

async function play(
  steps: readonly Step[],
  driver: Driver,
  shows: (status: string) => Promise<unknown>,
): Promise<void> {
  for (const step of steps) {
    if ('create' in step) await driver.create(step.create)
    else if ('deletePod' in step) await driver.deletePod(step.deletePod)
    else await shows(step.shows)
  }
}

/** On the virtual clock, where nobody's speed shows. */
async function inProcess(steps: readonly Step[]): Promise<readonly Row[]> {
  const simulated = simulator()
  const cluster = clusterOf(simulated)
  const showing = new Showing(simulated)
  const driver: Driver = {
    create: async (name) => {
      for (const { object } of readManifest(manifest(name), name)) {
        const plural = object.kind === 'Pod' ? 'pods' : 'services'
        await cluster.request('POST', `/api/v1/namespaces/default/${plural}`, object)
      }
    },
    deletePod: (name) => cluster.request('DELETE', `/api/v1/namespaces/default/pods/${name}`),
  }
  await play(steps, driver, (status) =>
    cluster.clock.pass(showing.shows(status), cluster.clock.now() + 3_600_000),
  )
  simulated.close()
  return showing.rows
}

const DRIVERS: Readonly<Record<string, (kubeConfig: string) => Promise<Driver>>> = {
  kubectl: (kubeConfig) => {
    const client = new KubectlClient(kubectl136() ?? '', kubeConfig)
    return Promise.resolve({
      create: (name) => client.run('create -f -', manifest(name)),
      deletePod: (name) => client.run(`delete pod ${name}`),
      close: () => client.close(),
    })
  },
  'client-node': async (kubeConfig) => {
    const { KubeConfig, KubernetesObjectApi, loadAllYaml } = await import('@kubernetes/client-node')
    const config = new KubeConfig()
    config.loadFromString(kubeConfig)
    const client = KubernetesObjectApi.makeApiClient(config)
    return {
      create: async (name) => {
        for (const object of loadAllYaml(manifest(name)) as Parameters<typeof client.create>[0][])
          await client.create(object)
      },
      deletePod: (name) =>
        client.delete({ apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace: 'default' } }),
    }
  },
}

async function paced(
  steps: readonly Step[],
  speed: number,
  connect: (kubeConfig: string) => Promise<Driver>,
): Promise<readonly Row[]> {
  const simulated = simulator({ startedAtMs: hostWall.now() })
  const clock = new PacedClock({ virtual: simulated.clock, speed })
  const server = await serveApi({ api: simulated.api, clock })
  const showing = new Showing(simulated)
  const driver = await connect(server.kubeConfig())
  try {
    await play(
      steps,
      driver,
      (status) => new Promise<void>((resolve) => showing.shows(status).onSettle(resolve)),
    )
  } finally {
    driver.close?.()
    showing.stop()
    await server.close()
    clock.close()
    simulated.close()
  }
  return showing.rows
}

describe('a paced simulator', function () {
  this.timeout(300_000)
  for (const [lifecycle, steps] of Object.entries(LIFECYCLES)) {
    for (const speed of SPEEDS) {
      for (const [name, connect] of Object.entries(DRIVERS)) {
        it(`shows the lifecycle of ${lifecycle} at ${speed}x as without a wall, driven by ${name}`, async function () {
          if (name === 'kubectl' && !kubectl136()) return this.skip() // kubectl 1.36 is for linux-amd64
          const [rows, reference] = [await paced(steps, speed, connect), await inProcess(steps)]
          expect(rows.map(({ shows }) => shows)).to.deep.equal(reference.map(({ shows }) => shows))
          for (const [index, { shows, afterMs }] of rows.entries())
            expect(afterMs, shows).to.be.closeTo(reference[index]?.afterMs ?? NaN, TICK_MS)
          return undefined
        })
      }
    }
  }
})
