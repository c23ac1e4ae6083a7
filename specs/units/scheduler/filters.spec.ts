// Where a Pod may run, and how the scheduler says that it may not.

import { expect } from 'chai'
import type { PodSpec } from '../../../src/pod/json.ts'
import { hungryPod, nodeOf, outcome, podOf, viewOf } from './scheduling.ts'

const NOT_HELPFUL =
  'no new claims to deallocate, preemption: 0/1 nodes are available: 1 Preemption is not helpful for scheduling.'

describe('a Pod that fits on no node is told why', () => {
  const cases: readonly [title: string, spec: Partial<PodSpec>, message: string][] = [
    // Messages of golden/api/controllers-events and of the recording nodeselector-mismatch.
    [
      'more cpu than the node has',
      { containers: [{ name: 'c', resources: { requests: { cpu: '100' } } }] },
      `0/1 nodes are available: 1 Insufficient cpu. ${NOT_HELPFUL}`,
    ],
    [
      'a resource that no node has, and too much memory',
      { containers: [{ name: 'c', resources: { requests: { memory: '100Gi', 'example.com/gpu': '1' } } }] },
      `0/1 nodes are available: 1 Insufficient example.com/gpu, 1 Insufficient memory. ${NOT_HELPFUL}`,
    ],
    [
      'a label that no node has',
      { nodeSelector: { 'example.com/x': 'match' } },
      `0/1 nodes are available: 1 node(s) didn't match Pod's node affinity/selector. ${NOT_HELPFUL}`,
    ],
    [
      'company that is not there',
      {
        affinity: {
          podAffinity: {
            requiredDuringSchedulingIgnoredDuringExecution: [
              { topologyKey: 'kubernetes.io/hostname', labelSelector: { matchLabels: { app: 'none' } } },
            ],
          },
        },
      },
      `0/1 nodes are available: 1 node(s) didn't match pod affinity rules. ${NOT_HELPFUL}`,
    ],
    [
      'a claim that does not exist',
      { volumes: [{ name: 'v', persistentVolumeClaim: { claimName: 'nope' } }] },
      '0/1 nodes are available: persistentvolumeclaim "nope" not found. not found',
    ],
  ]
  for (const [title, spec, message] of cases) {
    it(title, () => expect(outcome(podOf('p', spec), viewOf([nodeOf('n')]))).to.equal(message))
  }

  it('a port of the node that another Pod has', () => {
    const node = nodeOf('n')
    const spec = { containers: [{ name: 'c', ports: [{ containerPort: 80, hostPort: 18080 }] }] }
    node.add(podOf('first', spec))
    expect(outcome(podOf('second', spec), viewOf([node]))).to.equal(
      "0/1 nodes are available: 1 node(s) didn't have free ports for the requested pod ports. no new claims to deallocate, preemption: 0/1 nodes are available: 1 No preemption victims found for incoming pod.",
    )
  })

  it('reasons are counted over the nodes and sorted as texts', () => {
    const tainted = nodeOf('a', { spec: { taints: [{ key: 'k', effect: 'NoSchedule' }] } })
    const cordoned = nodeOf('b', { spec: { unschedulable: true } })
    const nodes = [tainted, cordoned, nodeOf('c'), nodeOf('d')]
    expect(outcome(hungryPod('p', '3'), viewOf(nodes)).split('. ')[0]).to.equal(
      '0/4 nodes are available: 1 node(s) had untolerated taint(s), 1 node(s) were unschedulable, 2 Insufficient cpu',
    )
  })

  it('nodes outside of those that it names are not looked at', () => {
    const term = { matchFields: [{ key: 'metadata.name', operator: 'In', values: ['b'] }] }
    const affinity = {
      nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [term] } },
    }
    const pod = hungryPod('p', '3', { affinity })
    expect(outcome(pod, viewOf([nodeOf('a'), nodeOf('b')])).split('. ')[0]).to.equal(
      "0/2 nodes are available: 1 Insufficient cpu, 1 node(s) didn't satisfy plugin(s) [NodeAffinity]",
    )
  })
})

describe('a Pod lands', () => {
  it('on a tainted node only if it tolerates the taint', () => {
    const node = nodeOf('n', { spec: { taints: [{ key: 'k', value: 'v', effect: 'NoSchedule' }] } })
    const tolerant = podOf('p', { tolerations: [{ key: 'k', operator: 'Equal', value: 'v' }] })
    expect(outcome(tolerant, viewOf([node]))).to.equal('n')
    expect(outcome(podOf('q'), viewOf([node]))).to.contain('untolerated taint')
  })

  it('where fewer Pods have asked for something', () => {
    const [full, empty] = [nodeOf('full'), nodeOf('empty')]
    full.add(hungryPod('other', '500m'))
    expect(outcome(podOf('p'), viewOf([full, empty]))).to.equal('empty')
  })

  it('away from Pods that it must not meet, and that must not meet it', () => {
    const away = {
      affinity: {
        podAntiAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: [
            { topologyKey: 'kubernetes.io/hostname', labelSelector: { matchLabels: { app: 'web' } } },
          ],
        },
      },
    }
    const [taken, free] = [nodeOf('taken'), nodeOf('free')]
    taken.add(podOf('shy', away, { app: 'web' }))
    expect(outcome(podOf('p', {}, { app: 'web' }), viewOf([taken, free]))).to.equal('free')
    expect(outcome(podOf('q', away, { app: 'web' }), viewOf([taken]))).to.contain('pod anti-affinity rules')
    expect(outcome(podOf('r', {}, { app: 'web' }), viewOf([taken]))).to.contain(
      'existing pods anti-affinity rules',
    )
  })

  it('in the zone with the fewest of its kind', () => {
    const [a, b] = [nodeOf('a', { labels: { zone: 'a' } }), nodeOf('b', { labels: { zone: 'b' } })]
    const spread = {
      topologySpreadConstraints: [
        {
          maxSkew: 1,
          topologyKey: 'zone',
          whenUnsatisfiable: 'DoNotSchedule',
          labelSelector: { matchLabels: { app: 'web' } },
        },
      ],
    }
    a.add(podOf('first', spread, { app: 'web' }))
    expect(outcome(podOf('second', spread, { app: 'web' }), viewOf([a, b]))).to.equal('b')
    expect(outcome(podOf('third', spread, { app: 'web' }), viewOf([nodeOf('c')]))).to.contain(
      'missing required label',
    )
  })
})
