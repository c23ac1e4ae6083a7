// What the cluster's DNS answers.

import { expect } from 'chai'
import type { Answer, Question } from '../../../src/process/network.ts'
import { clusterDns } from '../../../src/simulator/network/cluster-dns.ts'
import { testNetwork } from './cluster.ts'

function ask(name: string, type: Question['type'] = 'A'): string {
  const { network, service, slice, run } = testNetwork()
  service('web', { clusterIP: '10.96.7.7', ports: [{ name: 'http', port: 80 }] })
  service('peers', { clusterIP: 'None', ports: [{ name: 'sync', port: 7000 }] })
  service('lonely', { clusterIP: 'None', ports: [{ port: 1 }] })
  service('elsewhere', { type: 'ExternalName', externalName: 'web.shop.svc.cluster.local' })
  slice(
    'peers',
    [
      { addresses: ['10.244.0.5'], hostname: 'p0', conditions: { ready: true } },
      { addresses: ['10.244.0.6'], conditions: { ready: true } },
      { addresses: ['10.244.0.7'], conditions: { ready: false } },
    ],
    [{ name: 'sync', protocol: 'TCP', port: 7000 }],
  )
  run()
  return shown(clusterDns({ name, type }, network.directory))
}

function shown({ code, records }: Answer): string {
  return [code, ...records.map(({ data }) => data)].join(' ')
}

describe('the cluster DNS', () => {
  const cases: readonly [name: string, type: Question['type'], answer: string][] = [
    ['web.shop.svc.cluster.local', 'A', 'NOERROR 10.96.7.7'],
    ['WEB.shop.svc.cluster.local', 'A', 'NOERROR 10.96.7.7'],
    ['web.shop.svc.cluster.local', 'AAAA', 'NOERROR'],
    ['_http._tcp.web.shop.svc.cluster.local', 'SRV', 'NOERROR 0 100 80 web.shop.svc.cluster.local'],
    ['peers.shop.svc.cluster.local', 'A', 'NOERROR 10.244.0.5 10.244.0.6'],
    ['p0.peers.shop.svc.cluster.local', 'A', 'NOERROR 10.244.0.5'],
    ['10-244-0-6.peers.shop.svc.cluster.local', 'A', 'NOERROR 10.244.0.6'],
    ['lonely.shop.svc.cluster.local', 'A', 'NOERROR'],
    ['elsewhere.shop.svc.cluster.local', 'A', 'NOERROR web.shop.svc.cluster.local 10.96.7.7'],
    ['nope.shop.svc.cluster.local', 'A', 'NXDOMAIN'],
    ['web.nowhere.svc.cluster.local', 'A', 'NXDOMAIN'],
    ['shop.svc.cluster.local', 'A', 'NOERROR'],
    ['1-2-3-4.shop.pod.cluster.local', 'A', 'NOERROR 1.2.3.4'],
    ['7.7.96.10.in-addr.arpa', 'PTR', 'NOERROR web.shop.svc.cluster.local'],
    ['5.0.244.10.in-addr.arpa', 'PTR', 'NOERROR p0.peers.shop.svc.cluster.local'],
    ['9.9.9.9.in-addr.arpa', 'PTR', 'NXDOMAIN'],
    ['example.com', 'A', 'NXDOMAIN'],
  ]
  for (const [name, type, answer] of cases) {
    it(`answers ${answer} to ${type} ${name}`, () => expect(ask(name, type)).to.equal(answer))
  }

  it('knows a Service a moment after it exists, and not before', () => {
    const { clock, network, service, run } = testNetwork()
    run()
    const name = 'late.shop.svc.cluster.local'
    service('late', { clusterIP: '10.96.1.1' })
    expect(shown(clusterDns({ name, type: 'A' }, network.directory))).to.equal('NXDOMAIN')
    const startMs = clock.now()
    run()
    expect(shown(clusterDns({ name, type: 'A' }, network.directory))).to.equal('NOERROR 10.96.1.1')
    expect(clock.now() - startMs).to.be.within(30, 110)
  })

  it('answers only at the address of its Service', () => {
    const { network, run } = testNetwork()
    const { network: sandbox } = network.attach('node-1')
    run()
    const heard: string[] = []
    const question: Question = { name: 'kube-dns.kube-system.svc.cluster.local', type: 'A' }
    sandbox.query({ address: '10.96.0.10', port: 53 }, question, (answer) => heard.push(shown(answer)))
    sandbox.query({ address: '10.96.0.11', port: 53 }, question, () => heard.push('somebody else'))
    run()
    expect(heard).to.deep.equal(['NOERROR 10.96.0.10'])
  })
})
