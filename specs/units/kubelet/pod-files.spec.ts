// The files that the kubelet writes for containers.

import { expect } from 'chai'
import { hostname, hostsFile, podDns, resolvConf } from '../../../src/simulator/kubelet/config/pod-files.ts'
import type { Pod } from '../../../src/simulator/kinds/pod/pod.ts'

const pod = (spec: Partial<NonNullable<Pod['spec']>> = {}): Pod => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'web', namespace: 'shop' },
  spec: { containers: [], ...spec },
})
const resolver = (spec: Partial<NonNullable<Pod['spec']>>) =>
  resolvConf(podDns(pod(spec), '10.96.0.10', 'cluster.local'))

describe('/etc/resolv.conf', () => {
  const cluster =
    'search shop.svc.cluster.local svc.cluster.local cluster.local\nnameserver 10.96.0.10\noptions ndots:5\n'
  it('asks the cluster first', () => expect(resolver({})).to.equal(cluster))
  it('asks the node on the host network', () => expect(resolver({ hostNetwork: true })).to.equal(''))
  it('asks the cluster on the host network if told so', () => {
    expect(resolver({ hostNetwork: true, dnsPolicy: 'ClusterFirstWithHostNet' })).to.equal(cluster)
  })
  it('holds only dnsConfig with the policy None', () => {
    const dnsConfig = {
      nameservers: ['1.1.1.1'],
      searches: ['a.b'],
      options: [{ name: 'ndots', value: '2' }],
    }
    expect(resolver({ dnsPolicy: 'None', dnsConfig })).to.equal(
      'search a.b\nnameserver 1.1.1.1\noptions ndots:2\n',
    )
  })
  it('lets dnsConfig replace an option and add searches', () => {
    const dnsConfig = { searches: ['a.b'], options: [{ name: 'ndots', value: '2' }] }
    expect(resolver({ dnsConfig })).to.match(/cluster\.local a\.b\n.*\noptions ndots:2\n$/s)
  })
})

describe('/etc/hosts', () => {
  const hosts = (spec: Partial<NonNullable<Pod['spec']>>) =>
    hostsFile(pod(spec), '10.244.0.5', 'node-1', 'cluster.local')
  it('ends with the pod itself', () => expect(hosts({})).to.match(/ip6-allrouters\n10\.244\.0\.5\tweb\n$/))
  it('knows the full name of a pod with a subdomain', () => {
    expect(hosts({ subdomain: 'sub' })).to.include('10.244.0.5\tweb.sub.shop.svc.cluster.local\tweb\n')
  })
  it('lists aliases, one address a line', () => {
    const hostAliases = [{ ip: '1.2.3.4', hostnames: ['foo.local', 'bar.local'] }]
    expect(hosts({ hostAliases })).to.match(
      /\n# Entries added by HostAliases\.\n1\.2\.3\.4\tfoo\.local\tbar\.local\n$/,
    )
  })
})

describe('the hostname', () => {
  it('is cut to 63 characters, without what would end it badly', () => {
    const long = { ...pod(), metadata: { name: `${'a'.repeat(62)}-b` } }
    expect(hostname(long, 'node-1')).to.equal('a'.repeat(62))
  })
  it("is the node's on the host network", () => {
    expect(hostname(pod({ hostNetwork: true }), 'node-1')).to.equal('node-1')
  })
})
