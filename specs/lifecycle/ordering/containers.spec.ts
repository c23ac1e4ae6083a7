// Rows A1 to A13 of the ordering scenarios: Pods without init containers.

import { cluster, expectPod, skipBecause } from 'podproof'
import { OTHER_IMAGE, container, exec, imageOf, orderedPod, telling } from '../../support/ordered-pod.ts'

const POLICIES = ['Always', 'OnFailure', 'Never'] as const
const one = (name: string) => expectPod('p').container(name)

describe('the order of containers', () => {
  for (const restartPolicy of POLICIES) {
    it(`a new image replaces a running container under ${restartPolicy}, and no other (A1)`, async () => {
      const main = [container('c1', { runs: 60 }), container('c2', { runs: 60 })]
      await cluster.apply(orderedPod('p', { restartPolicy, main }))
      await expectPod('p').toShowStatus('Running', { ready: '2/2' })
      await cluster.patch('pod/p', imageOf('c1', OTHER_IMAGE))
      await one('c1').toRestart({ within: '20s' })
      await one('c1').toRunImage(OTHER_IMAGE)
      await one('c2').toNeverRestart().for('5s')
    })

    it(`a new image does not hurry a container that init containers hold back under ${restartPolicy} (A2)`, async () => {
      const init = [container('i1', { runs: 60 })]
      const main = ['c1', 'c2'].map((name) => container(name, { runs: 10, lingers: 1 }))
      await cluster.apply(orderedPod('p', { restartPolicy, init, main }))
      await one('i1').toLog('i1 started')
      await cluster.patch('pod/p', imageOf('c1', OTHER_IMAGE))
      await one('c1').toNeverStart().for('50s')
      await one('c1').toRunImage(OTHER_IMAGE)
      await one('c1').toNeverRestart().for('1s')
      await one('c2').toNeverRestart().for('1s')
    })

    it(`nothing is started anew while a Pod terminates under ${restartPolicy}, also with a new image (A5)`, async () => {
      const main = [container('c1', { runs: 10, lingers: 60, exits: 1 })]
      await cluster.apply(orderedPod('p', { restartPolicy, main }))
      await expectPod('p').toShowStatus('Running')
      await cluster.delete('pod/p', { gracePeriodSeconds: 120 })
      await cluster.patch('pod/p', imageOf('c1', OTHER_IMAGE))
      await one('c1').toNeverRestart().for('50s')
      await expectPod('p').toBeDeleted({ atLeast: '59s', atMost: '110s', within: '2m' })
    })
  }

  for (const restartPolicy of ['Always', 'OnFailure'] as const) {
    for (const [row, probe] of [
      ['A3', 'startupProbe'],
      ['A4', 'livenessProbe'],
    ] as const) {
      it(`a new image ends the back-off of a container that its ${probe} kills under ${restartPolicy} (${row})`, async () => {
        const failing = { ...exec('false'), initialDelaySeconds: 20, failureThreshold: 1 }
        const main = [container('c1', { runs: 600 }, { [probe]: failing })]
        await cluster.apply(orderedPod('p', { restartPolicy, main }))
        await one('c1').toRestart({ within: '2m' })
        await cluster.patch('pod/p', imageOf('c1', OTHER_IMAGE))
        await one('c1').toRunImage(OTHER_IMAGE, { within: '1m' })
        await one('c1').toRestart({ within: '2m' })
      })
    }
  }

  it('a container that fails is started again and again under Always (A6)', async () => {
    await cluster.apply(
      orderedPod('p', { restartPolicy: 'Always', main: [container('c1', { runs: 1, exits: 1 })] }),
    )
    await one('c1').toLog('c1 starting', 'c1 exiting', 'c1 starting', 'c1 exiting', 'c1 starting')
    await one('c1').toRestart({ times: 3, within: '2m' })
  })

  it('the next container starts when the postStart hook of the one before has returned (A7)', async () => {
    const lifecycle = { postStart: telling('PostStart', { runs: 3 }) }
    const main = [container('c1', { runs: 10 }, { lifecycle }), container('c2', { runs: 1 })]
    await cluster.apply(orderedPod('p', { restartPolicy: 'Never', main }))
    await one('c1').toLog('PostStart starting', 'PostStart exiting')
    await one('c1').toStartBefore('c2')
    await one('c2').toExitBefore('c1')
    await expectPod('p').toHavePhase('Succeeded')
  })

  it('KILL comes at the end of the grace period to a PID 1 that ignores TERM (A8)', async () => {
    const main = [container('c1', {}, { command: ['sleep', '10000'] })]
    await cluster.apply(orderedPod('p', { restartPolicy: 'Always', main }))
    await expectPod('p').toBeReady()
    await cluster.delete('pod/p')
    await expectPod('p').toBeDeleted({ atLeast: '30s', atMost: '60s', within: '70s' })
  })

  it('a preStop hook that never returns is cut at the end of the grace period (A9)', async () => {
    const lifecycle = { preStop: exec('sleep', '10000') }
    const main = [container('c1', {}, { command: ['sleep', '10000'], lifecycle })]
    await cluster.apply(orderedPod('p', { restartPolicy: 'Always', main }))
    await expectPod('p').toBeReady()
    await cluster.delete('pod/p')
    await expectPod('p').toBeDeleted({ atLeast: '32s', atMost: '60s', within: '70s' })
  })

  for (const [row, probe] of [
    ['A10', 'startupProbe'],
    ['A11', 'livenessProbe'],
  ] as const) {
    it(`preStop and TERM also come to a container that its ${probe} kills (${row})`, async () => {
      const failing = { ...exec('false'), initialDelaySeconds: 10, failureThreshold: 1 }
      const lifecycle = { preStop: telling('PreStop', { runs: 1 }) }
      const main = [container('c1', { runs: 100, lingers: 15 }, { [probe]: failing, lifecycle })]
      await cluster.apply(orderedPod('p', { restartPolicy: 'Never', main }))
      await one('c1').toLog('c1 started', 'PreStop starting', 'PreStop exiting', 'c1 exiting')
      await expectPod('p').toHavePhase('Succeeded')
    })
  }

  it('while preStop runs after a failed liveness probe, readiness is probed and liveness is not (A12)', async () => {
    const probe = (name: string, exits: number, initialDelaySeconds: number) => ({
      ...telling(name, { exits }),
      initialDelaySeconds,
      periodSeconds: 1,
      failureThreshold: 1,
    })
    const fields = {
      livenessProbe: probe('Liveness', 1, 10),
      readinessProbe: probe('Readiness', 0, 1),
      lifecycle: { preStop: telling('PreStop', { runs: 10 }) },
    }
    const main = [container('c1', { runs: 100, lingers: 15 }, fields)]
    await cluster.apply(orderedPod('p', { restartPolicy: 'Never', main, graceSeconds: 100 }))
    await one('c1').toLog('Liveness starting', 'PreStop starting', 'Readiness starting', 'PreStop exiting')
    await one('c1').toNeverLog('Liveness starting', { after: 'PreStop starting' })
  })

  const probed = ['no probe', 'startupProbe', 'readinessProbe', 'startupProbe and readinessProbe'] as const
  for (const names of [['c1'], ['c1', 'c2']]) {
    for (const probes of probed) {
      it(`a restart of the kubelet leaves ${names.length} running with ${probes} as ready as before (A13)`, async function () {
        if (!cluster.controlsNodes) skipBecause(this, 'this cluster lets nobody restart its kubelet')
        const probe = { ...exec('true'), initialDelaySeconds: 1, periodSeconds: 1 }
        const fields = Object.fromEntries(
          probes.split(' and ').flatMap((name) => (name === 'no probe' ? [] : [[name, probe]])),
        )
        const main = names.map((name) => container(name, { runs: 3600 }, fields))
        await cluster.apply(orderedPod('p', { restartPolicy: 'Always', main }))
        await expectPod('p').toBeReady()
        await cluster.pass('11s')
        const node = cluster.nodeOf('p')
        await cluster.stopKubelet(node)
        await cluster.startKubelet(node)
        const ready = `${names.length}/${names.length}`
        await expectPod('p').toStay({ status: 'Running', ready, restarts: 0 }).for('30s')
      })
    }
  }
})
