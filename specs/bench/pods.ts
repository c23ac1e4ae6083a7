// Pods of one container (sleep 3600) through their whole life, and what one of them weighs while it runs.

import type { Cluster, KubeObject } from '../../src/cluster/cluster.ts'
import { simulatorCluster } from '../../src/cluster/simulator.ts'
import { Latch } from '../../src/time/latch.ts'
import { inSeconds, measured } from './measure.ts'
import type { Figure, Measure } from './measure.ts'

const SIZES = [100, 1_000, 10_000]
const PODS_PER_NODE = 250
const HOUR_MS = 3_600_000
const PODS = '/api/v1/namespaces/default/pods'

export const pods: Measure = {
  name: 'pods',
  async run() {
    const figures: Figure[] = []
    for (const size of SIZES) figures.push(...(await measure(size)))
    return figures
  },
}

async function measure(size: number): Promise<Figure[]> {
  const cluster = simulatorCluster({ nodes: Math.ceil(size / PODS_PER_NODE), seed: 'bench' })
  // The controllers make the service account that Pods need.
  await cluster.clock.pass(new Latch(), cluster.clock.now() + 5_000)
  const ready = countdown(cluster, size, isReady)
  const gone = countdown(cluster, size, ({ type }) => type === 'DELETED')
  const before = heapBytes()
  const readyTook = await measured(async () => {
    for (let index = 0; index < size; index++) await mustSucceed(cluster.request('POST', PODS, pod(index)))
    await pass(cluster, ready, `${size} Pods to be Ready`)
  })
  const weight = (heapBytes() - before) / size
  const deletedTook = await measured(async () => {
    for (let index = 0; index < size; index++)
      await mustSucceed(cluster.request('DELETE', `${PODS}/sleeper-${index}`))
    await pass(cluster, gone, `${size} Pods to be gone`)
  })
  await cluster.close()
  return [
    { label: `${size} Pods created and Ready`, value: inSeconds(readyTook) },
    { label: `${size} Pods deleted (each killed after its grace of 30 s)`, value: inSeconds(deletedTook) },
    { label: `heap per running Pod, of ${size}`, value: `${(weight / 1_024).toFixed(1)} KB` },
  ]
}

function pod(index: number): unknown {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: `sleeper-${index}` },
    spec: { containers: [{ name: 'main', image: 'busybox:1.36', command: ['sleep', '3600'] }] },
  }
}

type Seen = { readonly type: string; readonly object: KubeObject }

/** Settles once so many different Pods have been seen as wanted. */
function countdown(cluster: Cluster, size: number, isWanted: (seen: Seen) => boolean): Latch {
  const latch = new Latch()
  const names = new Set<string>()
  cluster.watch(PODS, {}, (seen) => {
    if (isWanted(seen)) names.add(seen.object.metadata.name)
    if (names.size === size) latch.settle()
  })
  return latch
}

function isReady({ object }: Seen): boolean {
  const { conditions = [] } = (object['status'] ?? {}) as {
    readonly conditions?: readonly { type: string; status: string }[]
  }
  return conditions.some(({ type, status }) => type === 'Ready' && status === 'True')
}

async function pass(cluster: Cluster, until: Latch, what: string): Promise<void> {
  const held = await cluster.clock.pass(until, cluster.clock.now() + HOUR_MS)
  if (!held) throw new Error(`an hour of cluster time was not enough for ${what}`)
}

async function mustSucceed(answer: ReturnType<Cluster['request']>): Promise<void> {
  const { status, body } = await answer
  if (status >= 400) throw new Error(`the API server answered ${status}: ${JSON.stringify(body)}`)
}

/** Needs --expose-gc: without a collection the figure would be that of the garbage. */
function heapBytes(): number {
  if (!globalThis.gc) throw new Error('run the bench with node --expose-gc')
  globalThis.gc()
  return process.memoryUsage().heapUsed
}
