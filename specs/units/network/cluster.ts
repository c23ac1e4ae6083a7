// What the network's specs build: a network of its own over a store, with Services and endpoints put into it.

import { ClusterNetwork } from '../../../src/simulator/network/cluster-network.ts'
import type { KubeObject } from '../../../src/simulator/store/object.ts'
import { Store } from '../../../src/simulator/store/store.ts'
import { recordedTiming } from '../../../src/simulator/timing.ts'
import { Random } from '../../../src/time/random.ts'
import { VirtualClock } from '../../../src/time/virtual.ts'

/** A network of two nodes; `run` lets everything happen that is under way. */
export function testNetwork() {
  const clock = new VirtualClock(Date.UTC(2026, 0, 1))
  const store = new Store({ now: () => clock.now() })
  const options = { store, timers: clock, timing: recordedTiming, random: new Random('network') }
  const network = new ClusterNetwork(options)
  network.addNode('node-1')
  network.addNode('node-2')
  const put = (resource: string, object: unknown) => store.put(resource, object as KubeObject)
  put('namespaces', { metadata: { name: 'shop' } })
  put('namespaces', { metadata: { name: 'kube-system' } })
  put('services', service('kube-dns', { clusterIP: '10.96.0.10' }, 'kube-system'))
  return {
    clock,
    store,
    network,
    service: (name: string, spec: object) => put('services', service(name, spec)),
    slice: (name: string, endpoints: readonly object[], ports: readonly object[]) =>
      put('endpointslices.discovery.k8s.io', {
        metadata: { name: `${name}-x`, namespace: 'shop', labels: { 'kubernetes.io/service-name': name } },
        endpoints,
        ports,
      }),
    run: () => {
      while (clock.step(clock.now() + 60_000)) continue
    },
  }
}

function service(name: string, spec: object, namespace = 'shop') {
  const { clusterIP = '' } = spec as { clusterIP?: string }
  const clusterIPs = clusterIP && clusterIP !== 'None' ? [clusterIP] : []
  return { metadata: { name, namespace, uid: name }, spec: { clusterIPs, ...spec } }
}
