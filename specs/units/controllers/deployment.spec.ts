// How a Deployment moves from one template to the next.

import { expect } from 'chai'
import { deploymentController } from '../../../src/simulator/controllers/deployment/deployment.ts'
import { replicaSetController } from '../../../src/simulator/controllers/replica-set.ts'
import { serviceAccountController } from '../../../src/simulator/controllers/service-account.ts'
import { deployment } from '../../../src/simulator/kinds/deployment.ts'
import type { Deployment } from '../../../src/simulator/kinds/deployment.ts'
import { pod } from '../../../src/simulator/kinds/pod/pod.ts'
import { replicaSet } from '../../../src/simulator/kinds/replica-set.ts'
import { controlPlane } from './control-plane.ts'
import { pretendNode, template } from './pretended-node.ts'

const REF = { namespace: 'default', name: 'web' }

function plane(spec: object = {}) {
  const made = controlPlane([deploymentController, replicaSetController, serviceAccountController])
  pretendNode(made)
  const labels = { app: 'web' }
  made.create(deployment, 'web', {
    spec: { replicas: 3, selector: { matchLabels: labels }, template: template(labels), ...spec },
  })
  made.pass(5_000)
  const change = (make: (old: NonNullable<Deployment['spec']>) => object) =>
    made.registry.change(deployment, REF, (old) => ({ ...old, spec: make(old.spec as never) }) as Deployment)
  return {
    ...made,
    change,
    retemplate: (version: string) =>
      change((old) => ({
        ...old,
        template: { ...old.template, metadata: { ...old.template.metadata, annotations: { version } } },
      })),
    sizes: () =>
      made.registry
        .list(replicaSet)
        .map(({ spec }) => spec?.replicas ?? 0)
        .toSorted((a, b) => a - b),
    status: () => made.registry.get(deployment, REF).status ?? {},
    scalings: () =>
      made
        .messages()
        .filter((text) => text.startsWith('ScalingReplicaSet'))
        .map((text) => text.replace(/web-\w+/, 'SET')),
  }
}

function conditions(status: Deployment['status']): readonly string[] {
  return (status?.conditions ?? []).map(({ type, status, reason }) => `${type}=${status} ${reason}`)
}

describe('a Deployment', () => {
  it('makes its Pods through a ReplicaSet, and tells when they are available', () => {
    const { names, status } = plane()
    expect(names(pod)).to.have.length(3)
    expect(status()).to.include({ replicas: 3, updatedReplicas: 3, readyReplicas: 3, availableReplicas: 3 })
    expect(conditions(status())).to.deep.equal([
      'Available=True MinimumReplicasAvailable',
      'Progressing=True NewReplicaSetAvailable',
    ])
  })

  it('replaces Pods one by one, never with fewer available than allowed', () => {
    const { retemplate, pass, store, sizes, scalings } = plane()
    const ready = new Set<string>()
    let fewest = 3
    store.subscribe('pods', () => {
      ready.clear()
      for (const { metadata, status } of store.list('pods') as readonly {
        metadata: { name?: string; deletionTimestamp?: string }
        status?: { phase?: string }
      }[]) {
        if (status?.phase === 'Running' && !metadata.deletionTimestamp) ready.add(metadata.name ?? '')
      }
      fewest = Math.min(fewest, ready.size)
    })
    retemplate('2')
    pass(20_000)
    expect([fewest, sizes()]).to.deep.equal([3, [0, 3]])
    expect(scalings()).to.have.members([
      'ScalingReplicaSet: Scaled up replica set SET from 0 to 3',
      'ScalingReplicaSet: Scaled up replica set SET from 0 to 1',
      'ScalingReplicaSet: Scaled down replica set SET from 3 to 2',
      'ScalingReplicaSet: Scaled up replica set SET from 1 to 2',
      'ScalingReplicaSet: Scaled down replica set SET from 2 to 1',
      'ScalingReplicaSet: Scaled up replica set SET from 2 to 3',
      'ScalingReplicaSet: Scaled down replica set SET from 1 to 0',
    ])
  })

  it('ends all old Pods before it makes new ones under Recreate', () => {
    const { retemplate, pass, store, sizes } = plane({ strategy: { type: 'Recreate' } })
    let most = 0
    store.subscribe('pods', () => (most = Math.max(most, store.list('pods').length)))
    retemplate('2')
    pass(20_000)
    expect([most, sizes()]).to.deep.equal([3, [0, 3]])
  })

  it('takes up the old ReplicaSet again when its template comes back, as a new revision', () => {
    const { retemplate, change, pass, registry, sizes } = plane()
    const [first] = registry.list(replicaSet)
    retemplate('2')
    pass(20_000)
    change((old) => ({ ...old, template: template({ app: 'web' }) }))
    pass(20_000)
    const again = registry.list(replicaSet).find(({ metadata }) => metadata.uid === first?.metadata.uid)
    expect([sizes(), again?.spec?.replicas, again?.metadata.annotations]).to.deep.equal([
      [0, 3],
      3,
      {
        'deployment.kubernetes.io/desired-replicas': '3',
        'deployment.kubernetes.io/max-replicas': '4',
        'deployment.kubernetes.io/revision': '3',
        'deployment.kubernetes.io/revision-history': '1',
      },
    ])
  })

  it('rests while it is paused, and says so', () => {
    const { retemplate, change, pass, sizes, status } = plane()
    change((old) => ({ ...old, paused: true }))
    retemplate('2')
    pass(5_000)
    expect(sizes()).to.deep.equal([3])
    expect(conditions(status())).to.include('Progressing=Unknown DeploymentPaused')
  })

  it('says when nothing has moved for as long as its deadline', () => {
    const { change, pass, status } = plane()
    change((old) => ({
      ...old,
      progressDeadlineSeconds: 5,
      template: template(
        { app: 'web' },
        { schedulingGates: [{ name: 'example.com/never' }], serviceAccountName: 'nobody' },
      ),
    }))
    pass(20_000)
    expect(conditions(status())).to.include.members([
      'Progressing=False ProgressDeadlineExceeded',
      'ReplicaFailure=True FailedCreate',
    ])
  })
})
