// Pods with names of their own: StatefulSets in order, DaemonSets one a node, and budgets that guard them.

import { expect } from 'chai'
import { daemonSetController } from '../../../src/simulator/controllers/daemon-set/daemon-set.ts'
import { disruptionController } from '../../../src/simulator/controllers/disruption.ts'
import { replicaSetController } from '../../../src/simulator/controllers/replica-set.ts'
import { serviceAccountController } from '../../../src/simulator/controllers/service-account.ts'
import { statefulSetController } from '../../../src/simulator/controllers/stateful-set/stateful-set.ts'
import { daemonSet } from '../../../src/simulator/kinds/daemon-set.ts'
import { node } from '../../../src/simulator/kinds/node.ts'
import { persistentVolumeClaim } from '../../../src/simulator/kinds/persistent-volume-claim.ts'
import { podDisruptionBudget } from '../../../src/simulator/kinds/pod-disruption-budget.ts'
import { pod } from '../../../src/simulator/kinds/pod/pod.ts'
import { replicaSet } from '../../../src/simulator/kinds/replica-set.ts'
import { statefulSet } from '../../../src/simulator/kinds/stateful-set.ts'
import type { StatefulSet } from '../../../src/simulator/kinds/stateful-set.ts'
import { nodeObject } from '../../../src/simulator/node-object.ts'
import { controlPlane } from './control-plane.ts'
import { pretendNode, template } from './pretended-node.ts'

const LABELS = { app: 'db' }
const SELECTOR = { selector: { matchLabels: LABELS }, template: template(LABELS) }

function plane() {
  const made = controlPlane([
    daemonSetController,
    disruptionController,
    replicaSetController,
    serviceAccountController,
    statefulSetController,
  ])
  pretendNode(made)
  const seen: string[] = []
  made.store.subscribe('pods', ({ type, object: { metadata } }) => {
    if (type !== 'MODIFIED') seen.push(`${type} ${metadata.name}`)
  })
  return {
    ...made,
    seen,
    addNode: (name: string, index: number) =>
      made.registry.create(
        node,
        nodeObject(
          { name },
          { address: `192.0.2.${index + 2}`, index, atMs: made.clock.now(), machineId: 'm', bootId: 'b' },
        ),
      ),
    change: (spec: object) =>
      made.registry.change(
        statefulSet,
        { namespace: 'default', name: 'db' },
        (old) =>
          ({
            ...old,
            spec: { ...old.spec, ...spec },
          }) as StatefulSet,
      ),
  }
}

describe('a StatefulSet', () => {
  it('makes its Pods in order, each after the one before is ready', () => {
    const { create, pass, seen, registry } = plane()
    create(statefulSet, 'db', { spec: { serviceName: 'db', replicas: 2, ...SELECTOR } })
    pass(900)
    expect(seen).to.deep.equal(['ADDED db-0'])
    pass(5_000)
    expect(seen).to.deep.equal(['ADDED db-0', 'ADDED db-1'])
    const { metadata, spec } = registry.get(pod, { namespace: 'default', name: 'db-1' })
    expect([
      spec?.hostname,
      spec?.subdomain,
      metadata.labels?.['statefulset.kubernetes.io/pod-name'],
    ]).to.deep.equal(['db-1', 'db', 'db-1'])
  })

  it('makes them all at once under Parallel', () => {
    const { create, pass, seen } = plane()
    create(statefulSet, 'db', {
      spec: { serviceName: 'db', replicas: 3, podManagementPolicy: 'Parallel', ...SELECTOR },
    })
    pass(500)
    expect(seen).to.deep.equal(['ADDED db-0', 'ADDED db-1', 'ADDED db-2'])
  })

  it('replaces Pods from the last to the first when its template changes', () => {
    const { create, pass, seen, change, registry } = plane()
    create(statefulSet, 'db', { spec: { serviceName: 'db', replicas: 2, ...SELECTOR } })
    pass(5_000)
    seen.length = 0
    change({ template: template(LABELS, { terminationGracePeriodSeconds: 5 }) })
    pass(10_000)
    expect(seen).to.deep.equal(['DELETED db-1', 'ADDED db-1', 'DELETED db-0', 'ADDED db-0'])
    const { currentRevision, updateRevision, currentReplicas } =
      registry.get(statefulSet, { namespace: 'default', name: 'db' }).status ?? {}
    expect([currentRevision, currentReplicas]).to.deep.equal([updateRevision, 2])
  })

  it('ends its Pods from the last to the first, and keeps their claims', () => {
    const { create, pass, seen, change, names } = plane()
    const volumeClaimTemplates = [
      {
        metadata: { name: 'data' },
        spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
      },
    ]
    create(statefulSet, 'db', { spec: { serviceName: 'db', replicas: 2, volumeClaimTemplates, ...SELECTOR } })
    pass(5_000)
    seen.length = 0
    change({ replicas: 0 })
    pass(10_000)
    expect(seen).to.deep.equal(['DELETED db-1', 'DELETED db-0'])
    expect(names(persistentVolumeClaim)).to.deep.equal(['data-db-0', 'data-db-1'])
  })
})

describe('a DaemonSet', () => {
  it('runs one Pod on every node, and on nodes that come later', () => {
    const { create, addNode, pass, registry } = plane()
    addNode('a', 0)
    create(daemonSet, 'agent', { spec: SELECTOR })
    pass(3_000)
    addNode('b', 1)
    pass(3_000)
    expect(registry.get(daemonSet, { namespace: 'default', name: 'agent' }).status).to.include({
      desiredNumberScheduled: 2,
      currentNumberScheduled: 2,
      numberReady: 2,
      updatedNumberScheduled: 2,
    })
  })

  it('leaves a node that it does not select any more', () => {
    const { create, addNode, pass, registry, names } = plane()
    addNode('a', 0)
    create(daemonSet, 'agent', { spec: SELECTOR })
    pass(3_000)
    registry.change(daemonSet, { namespace: 'default', name: 'agent' }, (old) => ({
      ...old,
      spec: { ...SELECTOR, ...old.spec, template: template(LABELS, { nodeSelector: { disk: 'ssd' } }) },
    }))
    pass(5_000)
    expect(names(pod)).to.deep.equal([])
  })
})

describe('a PodDisruptionBudget', () => {
  const cases: readonly [spec: object, allowed: number, desired: number][] = [
    [{ minAvailable: 2 }, 1, 2],
    [{ minAvailable: '100%' }, 0, 3],
    [{ maxUnavailable: 1 }, 1, 2],
    [{ maxUnavailable: '50%' }, 2, 1],
  ]
  for (const [spec, disruptionsAllowed, desiredHealthy] of cases) {
    it(`with ${JSON.stringify(spec)} lets ${disruptionsAllowed} of three Pods go`, () => {
      const { create, pass, registry } = plane()
      create(replicaSet, 'db', { spec: { replicas: 3, ...SELECTOR } })
      create(podDisruptionBudget, 'guard', { spec: { ...spec, selector: { matchLabels: LABELS } } })
      pass(5_000)
      expect(registry.get(podDisruptionBudget, { namespace: 'default', name: 'guard' }).status).to.include({
        disruptionsAllowed,
        desiredHealthy,
        currentHealthy: 3,
        expectedPods: 3,
      })
    })
  }
})
