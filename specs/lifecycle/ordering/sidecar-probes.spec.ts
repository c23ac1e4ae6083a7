// Rows E1 to E7 of the ordering scenarios: sidecars with probes and hooks.

import { cluster, expectPod, skipBecause } from 'podproof'
import {
  OTHER_IMAGE,
  container,
  exec,
  imageOfInit,
  orderedPod,
  sidecar,
  telling,
} from '../../support/ordered-pod.ts'

const one = (name: string) => expectPod('p').container(name)

/** A probe that fails at once after so long. */
const failsAfter = (initialDelaySeconds: number) => ({
  ...exec('false'),
  initialDelaySeconds,
  failureThreshold: 1,
})

describe('the probes of a sidecar', () => {
  for (const restartPolicy of ['Never', 'OnFailure', 'Always'] as const) {
    it(`of startup keep the containers back, and restart it alone, under ${restartPolicy} (E1)`, async () => {
      const init = [
        sidecar('s1', { runs: 600 }),
        sidecar('s2', { runs: 600 }, { startupProbe: failsAfter(20) }),
      ]
      await cluster.apply(orderedPod('p', { restartPolicy, init, main: [container('c1', { runs: 1 })] }))
      await one('s2').toRestart({ within: '2m' })
      await cluster.patch('pod/p', imageOfInit('s2', OTHER_IMAGE))
      await one('s2').toRestart({ within: '2m' })
      await one('s2').toRunImage(OTHER_IMAGE)
      await expectPod('p').toHavePhase('Pending')
      await one('c1').toNeverStart().for('1s')
      await one('s1').toNeverRestart().for('1s')
    })

    it(`of liveness restart it alone, and keep nobody back, under ${restartPolicy} (E4)`, async () => {
      const init = [
        sidecar('s1', { runs: 600 }),
        sidecar('s2', { runs: 600 }, { livenessProbe: failsAfter(10) }),
      ]
      const runs = restartPolicy === 'Always' ? 5 : 600
      await cluster.apply(orderedPod('p', { restartPolicy, init, main: [container('c1', { runs })] }))
      await one('s2').toRestart({ within: '2m' })
      await cluster.patch('pod/p', imageOfInit('s2', OTHER_IMAGE))
      await one('s2').toRestart({ within: '2m' })
      await one('s2').toRunImage(OTHER_IMAGE)
      await one('s1').toNeverRestart().for('1s')
      if (restartPolicy === 'Always') await one('c1').toStartBefore('c1', { otherInstance: 1 })
      else await one('c1').toNeverRestart().for('1s')
    })
  }

  const stoppedBy = (probe: string) => ({
    restartPolicy: 'Always',
    init: [
      sidecar(
        's1',
        { runs: 600, lingers: 15 },
        { [probe]: failsAfter(5), lifecycle: { preStop: telling('PreStop', { runs: 1 }) } },
      ),
    ],
    main: [container('c1', { runs: 1 })],
  })

  it('of startup let it stop in order when they fail, and hold the containers back (E2)', async () => {
    await cluster.apply(orderedPod('p', stoppedBy('startupProbe')))
    await one('s1').toRestart({ times: 2, within: '2m' })
    await one('s1').toLog('s1 started', 'PreStop starting', 'PreStop exiting', 's1 exiting')
    await expectPod('p').toHavePhase('Pending')
    await one('c1').toNeverStart().for('1s')
  })

  it('of liveness let it stop in order when they fail, beside the containers (E3)', async () => {
    await cluster.apply(orderedPod('p', stoppedBy('livenessProbe')))
    await one('s1').toRestart({ times: 2, within: '2m' })
    await one('s1').toLog('s1 started', 'PreStop starting', 'PreStop exiting', 's1 exiting')
    await one('c1').toStartBefore('c1', { otherInstance: 1 })
  })

  it('are not run, nor is it started anew, while the Pod ends (E5)', async () => {
    const livenessOf = (name: string, initialDelaySeconds: number) => ({
      ...telling(name, { exits: 1 }),
      initialDelaySeconds,
      periodSeconds: 1,
      failureThreshold: 1,
    })
    const lifecycle = {
      preStop: { exec: { command: ['sh', '-c', 'echo PreStop > /proc/1/fd/1; sleep 50'] } },
    }
    const init = [sidecar('s1', { runs: 100, lingers: 1 }, { livenessProbe: livenessOf('Liveness-s1', 1) })]
    const main = [
      container(
        'c1',
        { runs: 100, lingers: 15 },
        { livenessProbe: livenessOf('Liveness-c1', 10), lifecycle },
      ),
    ]
    await cluster.apply(orderedPod('p', { restartPolicy: 'Never', init, main, graceSeconds: 100 }))
    await one('c1').toLog('Liveness-c1 starting', 'PreStop', 'c1 exiting', { within: '3m' })
    await one('c1').toNeverLog('Liveness-c1 starting', { after: 'PreStop' })
    await expectPod('p').toHavePhase('Succeeded', { within: '2m' })
  })

  const probed = ['no probe', 'startupProbe', 'readinessProbe', 'startupProbe and readinessProbe'] as const
  for (const probes of probed) {
    it(`stand as they stood after a restart of the kubelet, with ${probes} (E6)`, async function () {
      if (!cluster.controlsNodes) skipBecause(this, 'this cluster lets nobody restart its kubelet')
      const probe = { ...exec('true'), initialDelaySeconds: 1, periodSeconds: 1 }
      const fields = Object.fromEntries(
        probes.split(' and ').flatMap((name) => (name === 'no probe' ? [] : [[name, probe]])),
      )
      const init = [sidecar('s1', { runs: 3600 }, fields)]
      await cluster.apply(
        orderedPod('p', { restartPolicy: 'Always', init, main: [container('c1', { runs: 3600 })] }),
      )
      await expectPod('p').toBeReady()
      await cluster.pass('11s')
      const node = cluster.nodeOf('p')
      await cluster.stopKubelet(node)
      await cluster.startKubelet(node)
      await expectPod('p').toStay({ status: 'Running', ready: '2/2', restarts: 0 }).for('30s')
    })
  }

  it('do not start it anew when a container dies after a restart of the kubelet (E7)', async function () {
    if (!cluster.controlsNodes) skipBecause(this, 'this cluster lets nobody restart its kubelet')
    const startupProbe = { ...exec('true'), initialDelaySeconds: 1, periodSeconds: 1 }
    const looping = { command: ['sh', '-c', 'while true; do sleep 1; done'], startupProbe }
    const init = [sidecar('s1', {}, looping)]
    await cluster.apply(
      orderedPod('p', { restartPolicy: 'Always', init, main: [container('c1', { runs: 3600 })] }),
    )
    await expectPod('p').toBeReady()
    const node = cluster.nodeOf('p')
    await cluster.stopKubelet(node)
    await cluster.startKubelet(node)
    await cluster.exec('pod/p', ['kill', '1'], { container: 'c1' })
    await one('c1').toRestart()
    await expectPod('p').toShowStatus('Running', { ready: '2/2' })
    await one('s1').toNeverRestart().for('10s')
  })
})
