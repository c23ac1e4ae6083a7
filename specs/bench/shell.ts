// One round of a shell loop, with a test and an arithmetic expansion.

import { simulatorCluster } from '../../src/cluster/simulator.ts'
import { Latch } from '../../src/time/latch.ts'
import { measured } from './measure.ts'
import type { Measure } from './measure.ts'

const ROUNDS = 100_000
const SCRIPT = `i=0; while [ $i -lt ${ROUNDS} ]; do i=$((i+1)); done; echo $i`
const PODS = '/api/v1/namespaces/default/pods'
const HOUR_MS = 3_600_000

export const shell: Measure = {
  name: 'shell',
  async run() {
    const cluster = simulatorCluster({ seed: 'bench' })
    await cluster.clock.pass(new Latch(), cluster.clock.now() + 5_000)
    const running = new Latch()
    cluster.watch(PODS, {}, ({ object }) => {
      if ((object['status'] as { readonly phase?: string } | undefined)?.phase === 'Running') running.settle()
    })
    const containers = [{ name: 'main', image: 'busybox:1.36', command: ['sleep', '3600'] }]
    await cluster.request('POST', PODS, {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'p' },
      spec: { containers },
    })
    await cluster.clock.pass(running, cluster.clock.now() + HOUR_MS)
    const execution = cluster.exec({ namespace: 'default', pod: 'p' }, ['sh', '-c', SCRIPT])
    const { cpuMs } = await measured(() => cluster.clock.pass(execution.end, cluster.clock.now() + HOUR_MS))
    if (execution.stdout.trim() !== String(ROUNDS)) throw new Error(`the loop printed ${execution.stdout}`)
    await cluster.close()
    return [
      {
        label: `one round of a shell loop, of ${ROUNDS} (processor time)`,
        value: `${((cpuMs / ROUNDS) * 1_000).toFixed(1)} µs`,
      },
    ]
  },
}
