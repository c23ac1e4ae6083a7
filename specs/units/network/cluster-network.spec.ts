// Who reaches whom: sandboxes, nodes, Services.

import { expect } from 'chai'
import type { Network } from '../../../src/process/network.ts'
import { testNetwork } from './cluster.ts'

const HTTP = [{ name: 'http', protocol: 'TCP', port: 8080 }]

/** Connects, lets time go by, and answers what came of it: the server's name, an error code or silence. */
function connect(from: Network, address: string, port: number, run: () => void): string {
  let outcome = 'silence'
  from.connect({ address, port }, (result) => {
    outcome = typeof result === 'string' ? result : result.remote.address
  })
  run()
  return outcome
}

describe('the cluster network', () => {
  it('gives each sandbox of a node the next address, and one that was given back much later', () => {
    const { network } = testNetwork()
    const first = network.attach('node-1')
    expect([first.ip, network.attach('node-1').ip]).to.deep.equal(['10.244.0.2', '10.244.0.3'])
    first.release()
    expect([network.attach('node-1').ip, network.attach('node-2').ip]).to.deep.equal([
      '10.244.0.4',
      '10.244.1.2',
    ])
  })

  it('says in the words of the plugin when a node has no address left', () => {
    const { network } = testNetwork()
    for (let i = 0; i < 253; i++) network.attach('node-1')
    expect(() => network.attach('node-1')).to.throw(
      'no IP addresses available in range set: 10.244.0.1-10.244.0.254',
    )
  })

  it('connects to who listens, refuses where nobody does, and reaches nobody at an address without owner', () => {
    const { network, run } = testNetwork()
    const [client, server] = [network.attach('node-1'), network.attach('node-2')]
    server.network.listen({ address: '0.0.0.0', port: 8080 }, () => {})
    const to = (address: string, port: number) => connect(client.network, address, port, run)
    expect([to(server.ip, 8080), to(server.ip, 81), to('10.244.9.9', 80), to('8.8.8.8', 80)]).to.deep.equal([
      server.ip,
      'ECONNREFUSED',
      'EHOSTUNREACH',
      'ENETUNREACH',
    ])
  })

  it('keeps what listens on 127.0.0.1 to the sandbox itself', () => {
    const { network, run } = testNetwork()
    const [client, server] = [network.attach('node-1'), network.attach('node-1')]
    server.network.listen({ address: '127.0.0.1', port: 80 }, () => {})
    expect(connect(client.network, server.ip, 80, run)).to.equal('ECONNREFUSED')
    expect(connect(server.network, '127.0.0.1', 80, run)).to.equal('127.0.0.1')
  })

  it('refuses a port that is taken, until its listener is closed', () => {
    const { network } = testNetwork()
    const { network: sandbox } = network.attach('node-1')
    const listener = sandbox.listen({ address: '0.0.0.0', port: 80 }, () => {})
    expect(() => sandbox.listen({ address: '0.0.0.0', port: 80 }, () => {})).to.throw(
      'Address already in use',
    )
    listener.close()
    expect(sandbox.listen({ address: '0.0.0.0', port: 80 }, () => {}).endpoint.port).to.equal(80)
  })

  const endpoint = (address: string, ready: boolean, terminating = false) => ({
    addresses: [address],
    conditions: { ready, serving: ready || terminating, terminating },
  })
  const cases: readonly [
    title: string,
    first: readonly boolean[],
    second: readonly boolean[],
    outcome: number | string,
  ][] = [
    ['leads to the endpoint that is ready', [false], [true], 1],
    ['leads to a terminating endpoint when none is ready', [false, true], [false], 0],
    ['refuses when no endpoint can serve', [false], [false], 'ECONNREFUSED'],
  ]
  for (const [title, first, second, outcome] of cases) {
    it(`a Service ${title}`, () => {
      const { network, service, slice, run } = testNetwork()
      const pods = [network.attach('node-1'), network.attach('node-2')] as const
      for (const pod of pods) pod.network.listen({ address: '0.0.0.0', port: 8080 }, () => {})
      service('web', { clusterIP: '10.96.7.7', ports: [{ name: 'http', port: 80 }] })
      const [a, b] = pods
      slice('web', [endpoint(a.ip, first[0] ?? false, first[1]), endpoint(b.ip, second[0] ?? false)], HTTP)
      run()
      const expected = typeof outcome === 'number' ? pods[outcome]?.ip : outcome
      expect(connect(network.hostNetwork('node-1'), '10.96.7.7', 80, run)).to.equal(expected)
      expect(connect(network.hostNetwork('node-1'), '10.96.7.7', 81, run)).to.equal('silence')
    })
  }

  it('node ports and host ports lead from the node into Pods', () => {
    const { network, service, slice, run } = testNetwork()
    const pod = network.attach('node-2', [{ hostPort: 18080, containerPort: 8080 }])
    pod.network.listen({ address: '0.0.0.0', port: 8080 }, () => {})
    service('web', {
      clusterIP: '10.96.7.7',
      type: 'NodePort',
      ports: [{ name: 'http', port: 80, nodePort: 30080 }],
    })
    slice('web', [endpoint(pod.ip, true)], HTTP)
    run()
    const client = network.attach('node-1').network
    expect(connect(client, '192.0.2.2', 30080, run)).to.equal(pod.ip)
    expect(connect(client, '192.0.2.3', 18080, run)).to.equal(pod.ip)
    expect(connect(client, '192.0.2.2', 18080, run)).to.equal('ECONNREFUSED')
  })

  it('carries bytes both ways', () => {
    const { network, run } = testNetwork()
    const [client, server] = [network.attach('node-1'), network.attach('node-1')]
    const seen: string[] = []
    server.network.listen({ address: '0.0.0.0', port: 7 }, (connection) => connection.write('hello'))
    client.network.connect({ address: server.ip, port: 7 }, (result) => {
      if (typeof result !== 'string')
        result.incoming.readable.add({ wake: () => seen.push(result.incoming.read(99) ?? '') })
    })
    run()
    expect(seen).to.deep.equal(['hello'])
  })
})
