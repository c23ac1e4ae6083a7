// What a kubelet does besides starting and ending Pods: it refuses, clears away and tries again.

import { expect } from 'chai'
import type { PodSpec } from '../../../src/pod/json.ts'
import { pod as podKind } from '../../../src/simulator/kinds/pod/pod.ts'
import { Journal } from '../../../src/simulator/kubelet/journal.ts'
import { StatusManager } from '../../../src/simulator/kubelet/status-manager.ts'
import type { Admission } from '../../../src/simulator/store/admission.ts'
import { internalFailure } from '../../../src/simulator/store/api-error.ts'
import { Registry } from '../../../src/simulator/store/registry.ts'
import { Store } from '../../../src/simulator/store/store.ts'
import { recordedTiming as timing } from '../../../src/simulator/timing.ts'
import { Latch } from '../../../src/time/latch.ts'
import { Random } from '../../../src/time/random.ts'
import { VirtualClock } from '../../../src/time/virtual.ts'
import { PodRun } from './pod-run.ts'

const running = (spec: Partial<PodSpec> = {}): PodSpec => ({
  containers: [{ name: 'main', image: 'busybox:1.28', command: ['sh', '-c', 'sleep 600'] }],
  ...spec,
})

describe('a status that the API server refuses', () => {
  it('is told to the journal, and sent again with the next batch', async () => {
    const clock = new VirtualClock(0)
    const now = () => clock.now()
    const store = new Store({ now })
    let isRefusing = true
    const refusal: Admission = {
      name: 'Refusal',
      check: ({ subresource }) => {
        if (isRefusing && subresource === 'status') throw internalFailure('no leader')
      },
    }
    const random = new Random('refusal')
    const registry = new Registry({ store, random, admission: [refusal], now })
    const journal = new Journal(clock)
    const common = { registry, timers: clock, random, timing, journal }
    const statuses = new StatusManager({ ...common, couldHaveRunningContainers: () => true })
    const metadata = { namespace: 'default', name: 'p' }
    const pod = registry.create(podKind, { apiVersion: 'v1', kind: 'Pod', metadata, spec: running() })
    statuses.setPodStatus(pod, { phase: 'Pending', message: 'seen' })
    await clock.pass(new Latch(), 5_000)
    isRefusing = false
    expect(journal.lines.map(({ text }) => text.replace(/\(.*\)/, ''))).to.deep.equal([
      'Failed to update status for pod "p_default": Internal error occurred: no leader',
    ])
    await clock.pass(new Latch(), 15_000)
    expect(registry.get(podKind, metadata).status?.message).to.equal('seen')
  })
})

describe('a kubelet', () => {
  it('refuses a Pod whose node affinity its node does not meet', async () => {
    const nodeSelectorTerms = [{ matchExpressions: [{ key: 'disk', operator: 'In', values: ['ssd'] }] }]
    const nodeAffinity = { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms } }
    const run = await new PodRun(running({ nodeName: 'node-1', affinity: { nodeAffinity } })).until(2)
    expect(run.pod.status).to.include({
      phase: 'Failed',
      reason: 'NodeAffinity',
      message:
        "Pod was rejected: Predicate NodeAffinity failed: node(s) didn't match Pod's node affinity/selector",
    })
  })

  it('syncs a Pod once for a later start that fails, whenever it looks at the runtime', async () => {
    const containers = [{ name: 'main', image: 'busybox:1.28', command: ['/no/such/binary'] }]
    for (const seed of ['one', 'two', 'three', 'four', 'five']) {
      const run = await new PodRun({ containers }, { seed }).until(50)
      const later = run.eventSeconds(/^BackOff/).filter((second) => second > 6)
      expect(later, seed).to.have.lengthOf(2)
    }
  })

  it('removes an old sandbox within a minute after the last container in it was removed', async () => {
    const run = await new PodRun(running()).until(3)
    const sandboxes = () => run.node.containers().filter(({ name }) => name.startsWith('k8s_POD_')).length
    const uid = run.pod.metadata?.uid ?? ''
    run.node.killSandbox(uid)
    await run.until(120)
    expect(sandboxes()).to.equal(2)
    run.node.removeExited(uid, 'main')
    await run.until(185)
    expect(sandboxes()).to.equal(1)
  })
})
