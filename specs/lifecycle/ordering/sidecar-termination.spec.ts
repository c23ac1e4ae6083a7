// Rows F1 to F15 of the ordering scenarios: sidecars end after the containers, in reverse order.

import { expect } from 'chai'
import { cluster, expectPod, skipBecause } from 'podproof'
import {
  HOLDS_NEXT,
  OTHER_IMAGE,
  container,
  exec,
  imageOfInit,
  orderedPod,
  sidecar,
  telling,
} from '../../support/ordered-pod.ts'
import type { Behaviour } from '../../support/ordered-pod.ts'

const one = (name: string) => expectPod('p').container(name)
const SIDECARS = ['s1', 's2', 's3'] as const

/** The instants of a line in the logs of the three sidecars. */
const instantsOf = (text: string): readonly number[] =>
  SIDECARS.map((name) => cluster.history.log('p', name).find((line) => line.text === text)?.atMs ?? NaN)

const spread = (instants: readonly number[]) => Math.max(...instants) - Math.min(...instants)

/** Each exit code with its reason, as the Pod shows them at its end. */
async function expectExits(exits: Readonly<Record<string, number>>): Promise<void> {
  for (const [name, code] of Object.entries(exits))
    await one(name).toExitWith(code, { reason: code === 0 ? 'Completed' : 'Error' })
}

/** Keeps the object of a Pod, whose status would else go with it. */
const KEPT = ['podproof.dev/kept'] as const
const letGo = () => cluster.patch('pod/p', { metadata: { finalizers: null } }, { type: 'merge' })

/** Sidecars that behave in these ways, and a container; the Pod is deleted as soon as all run. */
async function deleteRunning(parts: {
  readonly graceSeconds?: number
  readonly sidecars: readonly Behaviour[]
  readonly hooks?: readonly (object | undefined)[]
  readonly main: Behaviour
  readonly mainHooks?: object
}): Promise<void> {
  const { sidecars, hooks = [], main, mainHooks, graceSeconds = 30 } = parts
  const init = sidecars.map((behaviour, index) => {
    const lifecycle = hooks[index]
    return sidecar(SIDECARS[index] ?? '', { runs: 600, ...behaviour }, lifecycle && { lifecycle })
  })
  const c1 = container('c1', { runs: 600, ...main }, mainHooks && { lifecycle: mainHooks })
  await cluster.apply(
    orderedPod('p', { restartPolicy: 'Never', init, main: [c1], graceSeconds, finalizers: KEPT }),
  )
  await expectPod('p').toShowStatus('Running', { ready: '4/4' })
  for (const name of ['c1', ...SIDECARS]) await one(name).toLog(`${name} started`)
  await cluster.delete('pod/p')
}

describe('the end of sidecars', () => {
  const ending = (hook: object) =>
    orderedPod('p', {
      restartPolicy: 'Never',
      init: SIDECARS.map((name) =>
        sidecar(name, { runs: 60, lingers: 5 }, { lifecycle: { ...HOLDS_NEXT, ...hook } }),
      ),
      main: [container('c1', { runs: 5 })],
    })

  async function expectReverseOrder(): Promise<void> {
    await one('c1').toExitBefore('s3')
    await one('s3').toExitBefore('s2')
    await one('s2').toExitBefore('s1')
    await expectPod('p').toHavePhase('Succeeded')
    await expectExits({ s1: 0, s2: 0, s3: 0 })
  }

  it('comes after the containers, in the reverse order of their start (F1)', async () => {
    await cluster.apply(ending({}))
    await one('s1').toStartBefore('s2')
    await one('s2').toStartBefore('s3')
    await one('s3').toStartBefore('c1')
    await expectReverseOrder()
  })

  for (const restartPolicy of ['Always', 'OnFailure', 'Never'] as const) {
    it(`is final: none is started anew while the Pod terminates under ${restartPolicy} (F2)`, async () => {
      const init = [
        container('i1', { runs: 1, lingers: 5 }),
        sidecar('s2', { runs: 600, lingers: 10 }),
        sidecar('s3', { runs: 600, lingers: 10 }),
      ]
      const main = [container('c1', { runs: 600, lingers: 10 })]
      await cluster.apply(orderedPod('p', { restartPolicy, init, main, graceSeconds: 180 }))
      await expectPod('p').toShowStatus('Running', { ready: '3/3' })
      await cluster.delete('pod/p')
      await cluster.patch('pod/p', imageOfInit('s2', OTHER_IMAGE))
      for (const name of ['s2', 's3']) await one(name).toNeverRestart().for('10s')
      await expectPod('p').toBeDeleted({ atMost: '90s', within: '90s' })
    })
  }

  it('begins for all preStop hooks at once, which have the grace period and two seconds (F3)', async () => {
    const loop =
      'echo PreStop starting > /proc/1/fd/1; while true; do echo PreStop looping > /proc/1/fd/1; sleep 0.2; done'
    await cluster.apply(ending({ preStop: exec('sh', '-c', loop) }))
    await expectPod('p').toHavePhase('Succeeded', { within: '2m' })
    await expectExits({ s1: 137, s2: 137, s3: 137 })
    const starts = instantsOf('PreStop starting')
    const ends = SIDECARS.map(
      (name) =>
        cluster.history.log('p', name).findLast(({ text }) => text === 'PreStop looping')?.atMs ?? NaN,
    )
    expect(spread(ends)).to.be.below(1_000)
    for (const [index, endMs] of ends.entries())
      expect(endMs - (starts[index] ?? NaN)).to.be.within(30_500, 33_500)
  })

  it('begins for all preStop hooks at once, and only TERM keeps the order (F4)', async () => {
    await cluster.apply(ending({ preStop: telling('PreStop', { runs: 1 }) }))
    await expectReverseOrder()
    expect(spread(instantsOf('PreStop starting'))).to.be.below(1_000)
  })

  it('is not waited for where they never started (F5)', async () => {
    const lifecycle = { preStop: telling('PreStop', { runs: 1 }) }
    const init = [
      container('i0', { runs: 300 }),
      ...SIDECARS.map((name) => sidecar(name, { runs: 60, lingers: 5 }, { lifecycle })),
    ]
    await cluster.apply(
      orderedPod('p', { restartPolicy: 'Never', init, main: [container('c1', { runs: 5 })] }),
    )
    await one('i0').toLog('i0 started')
    await cluster.delete('pod/p', { gracePeriodSeconds: 3 })
    await expectPod('p').toBeDeleted({ atMost: '5s' })
  })

  it('does not wait for a startup probe (F6)', async () => {
    const startupProbe = { ...exec('false'), failureThreshold: 600 }
    const init = [
      container('i1', { runs: 1 }),
      sidecar('s2', { runs: 600, lingers: 1 }, { startupProbe }),
      sidecar('s3', { runs: 600, lingers: 1 }),
    ]
    const main = [container('c1', { runs: 600, lingers: 1 })]
    await cluster.apply(orderedPod('p', { restartPolicy: 'Never', init, main, graceSeconds: 180 }))
    await one('s2').toLog('s2 started')
    await cluster.delete('pod/p')
    await expectPod('p').toBeDeleted({ atMost: '61s' })
  })

  it('fails no Pod, whatever their exit codes (F7)', async () => {
    await deleteRunning({
      sidecars: [{ lingers: 1 }, { lingers: 1, exits: 1 }, { lingers: 1 }],
      main: { lingers: 1 },
    })
    await expectPod('p').toHavePhase('Succeeded')
    await expectExits({ c1: 0, s1: 0, s2: 1, s3: 0 })
    await letGo()
  })

  it('is as good when a preStop hook fails, which is only an Event (F8)', async () => {
    await deleteRunning({
      sidecars: [{ lingers: 1 }, { lingers: 1 }, { lingers: 1 }],
      hooks: [0, 1, 0].map((exits) => ({ preStop: telling('PreStop', { runs: 1, exits }) })),
      main: { lingers: 1 },
    })
    await expectPod('p').toHavePhase('Succeeded')
    await expectPod('p').toHaveEvent('FailedPreStopHook', { type: 'Warning' })
    await expectExits({ c1: 0, s1: 0, s2: 0, s3: 0 })
    await letGo()
  })

  it('leaves each two seconds when the grace period is spent (F9)', async () => {
    await deleteRunning({
      graceSeconds: 5,
      sidecars: [{ lingers: 20 }, { lingers: 1 }, { lingers: 20 }],
      main: { lingers: 20 },
    })
    await expectPod('p').toHavePhase('Failed')
    await expectExits({ c1: 137, s1: 137, s2: 0, s3: 137 })
    await letGo()
  })

  const slowSecond: readonly Behaviour[] = [{ lingers: 1 }, { lingers: 20 }, { lingers: 1 }]

  it('kills the one that is slow, and waits for the others (F10)', async () => {
    const hooks = SIDECARS.map(() => HOLDS_NEXT)
    await deleteRunning({ graceSeconds: 5, sidecars: slowSecond, hooks, main: { lingers: 1 } })
    await expectPod('p').toHavePhase('Succeeded')
    await expectExits({ c1: 0, s1: 0, s2: 137, s3: 0 })
    await letGo()
  })

  it('comes in order also when the container and its hook spend the grace period (F11)', async () => {
    await deleteRunning({
      graceSeconds: 5,
      sidecars: slowSecond,
      hooks: SIDECARS.map(() => HOLDS_NEXT),
      main: { lingers: 20 },
      mainHooks: { preStop: telling('PreStop', { runs: 20 }) },
    })
    await expectPod('p').toHavePhase('Failed')
    await expectExits({ c1: 137, s1: 0, s2: 137, s3: 0 })
    await letGo()
  })

  it('kills the one whose preStop hook is slow, and waits for the others (F12)', async () => {
    const hooks = [1, 30, 1].map((runs) => ({ preStop: telling('PreStop', { runs }) }))
    await deleteRunning({ graceSeconds: 5, sidecars: slowSecond, hooks, main: { lingers: 1 } })
    await expectPod('p').toHavePhase('Succeeded')
    await expectExits({ c1: 0, s1: 0, s2: 137, s3: 0 })
    await letGo()
  })
})

describe('the return of sidecars', () => {
  const mixed = () =>
    orderedPod('p', {
      restartPolicy: 'Always',
      init: [container('i1', { runs: 5 }), sidecar('s2', { runs: 300 }), container('i3', { runs: 5 })],
      main: [container('c1', { runs: 300 })],
    })

  async function expectSequence(instance: number): Promise<void> {
    const both = { instance, otherInstance: instance }
    await one('i1').toFinishBefore('s2', both)
    await one('s2').toStartBefore('i3', both)
    await one('i3').toFinishBefore('c1', both)
  }

  it('in a new sandbox has the order of the first time, and the phase is Pending until then (F13)', async function () {
    if (!cluster.controlsNodes) skipBecause(this, 'this cluster lets nobody kill a sandbox')
    await cluster.apply(mixed())
    await expectPod('p').toShowStatus('Running', { ready: '2/2' })
    const node = cluster.nodeOf('p')
    await cluster.stopKubelet(node)
    await cluster.killSandbox('pod/p')
    await cluster.startKubelet(node)
    await one('i1').toRestart()
    await expectPod('p').toHavePhase('Pending')
    await one('c1').toRestart()
    await expectPod('p').toHavePhase('Running')
    for (const instance of [0, 1]) await expectSequence(instance)
  })

  it('in a new sandbox takes a new image along (F14)', async function () {
    if (!cluster.controlsNodes) skipBecause(this, 'this cluster lets nobody kill a sandbox')
    await cluster.apply(mixed())
    await expectPod('p').toShowStatus('Running', { ready: '2/2' })
    const node = cluster.nodeOf('p')
    await cluster.stopKubelet(node)
    await cluster.killSandbox('pod/p')
    await cluster.startKubelet(node)
    await cluster.patch('pod/p', imageOfInit('s2', OTHER_IMAGE))
    await one('s2').toRestart()
    await one('s2').toRunImage(OTHER_IMAGE)
    await one('c1').toStartBefore('c1', { otherInstance: 1 })
    await expectPod('p').toShowStatus('Running', { ready: '2/2' })
  })

  it('with a new image after a restart of the kubelet leaves the container alone (F15)', async function () {
    if (!cluster.controlsNodes) skipBecause(this, 'this cluster lets nobody restart its kubelet')
    await cluster.apply(mixed())
    await expectPod('p').toShowStatus('Running', { ready: '2/2' })
    const node = cluster.nodeOf('p')
    await cluster.stopKubelet(node)
    await cluster.startKubelet(node)
    await cluster.patch('pod/p', imageOfInit('s2', OTHER_IMAGE))
    await one('s2').toRestart()
    await one('s2').toRunImage(OTHER_IMAGE)
    await one('c1').toNeverRestart().for('20s')
  })
})
