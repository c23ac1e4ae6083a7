// A whole cluster: what it has from the start, and that its history follows from its options.

import { expect } from 'chai'
import type { KubeObject } from '../../../src/simulator/store/object.ts'
import type { SimulatorOptions } from '../../../src/simulator/simulator.ts'
import { simulator } from '../../../src/simulator/simulator.ts'
import { Latch } from '../../../src/time/latch.ts'

const POD = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'p', namespace: 'default' },
  spec: {
    restartPolicy: 'Never',
    containers: [{ name: 'main', image: 'busybox:1.28', command: ['sh', '-c', 'echo hello; sleep 2'] }],
  },
}

/** Every change of a cluster in which one Pod runs and is deleted, as text. */
async function history(options: SimulatorOptions): Promise<readonly string[]> {
  const made = simulator(options)
  const { clock, api, store } = made
  const lines: string[] = []
  for (const resource of ['pods', 'events']) {
    store.subscribe(resource, (change) => lines.push(JSON.stringify(change)))
  }
  const request = (method: string, path: string, body?: object) =>
    api.handle({
      method,
      path,
      headers: { 'content-type': 'application/json' },
      body: body && JSON.stringify(body),
    })
  request('POST', '/api/v1/namespaces/default/pods', POD)
  await clock.pass(new Latch(), clock.now() + 10_000)
  request('DELETE', '/api/v1/namespaces/default/pods/p')
  await clock.pass(new Latch(), clock.now() + 10_000)
  made.close()
  return lines
}

describe('the simulator', () => {
  it('begins with what a fresh cluster has', () => {
    const { store } = simulator({ nodes: 2 })
    const names = (resource: string) =>
      store
        .list(resource)
        .map(({ metadata }) => [metadata.namespace, metadata.name].filter(Boolean).join('/'))
    expect(names('namespaces')).to.deep.equal(['default', 'kube-node-lease', 'kube-public', 'kube-system'])
    expect(names('services')).to.deep.equal(['default/kubernetes', 'kube-system/kube-dns'])
    expect(names('nodes')).to.deep.equal(['node-1', 'node-2'])
    expect(names('serviceaccounts')).to.include('default/default')
    expect(names('pods')).to.deep.equal([])
  })

  it('begins at the instant that it is told', () => {
    const startedAtMs = Date.UTC(2026, 5, 1)
    expect(simulator({ startedAtMs }).clock.now()).to.equal(startedAtMs)
  })

  it('runs a Pod from its creation to its end', async () => {
    const changes = (await history({ seed: 'a' })).map(
      (line) => JSON.parse(line) as { type: string; resource: string; object: KubeObject },
    )
    const phases = changes
      .filter(({ resource }) => resource === 'pods')
      .map(({ type, object }) => `${type} ${(object.status as { phase?: string }).phase}`)
    expect(phases.filter((phase, index) => phase !== phases[index - 1])).to.deep.equal([
      'ADDED Pending',
      'MODIFIED Pending',
      'MODIFIED Running',
      'MODIFIED Succeeded',
      'DELETED Succeeded',
    ])
  })

  it('has the same history for the same seed, to the byte, and another for another', async () => {
    const [first, second, other] = [
      await history({ seed: 'a' }),
      await history({ seed: 'a' }),
      await history({ seed: 'b' }),
    ]
    expect(second).to.deep.equal(first)
    expect(other).not.to.deep.equal(first)
  })
})
