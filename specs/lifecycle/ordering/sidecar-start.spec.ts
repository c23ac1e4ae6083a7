// Rows C1 to C5 of the ordering scenarios: when restartable init containers start.

import { cluster, expectPod } from 'podproof'
import {
  HOLDS_NEXT,
  OTHER_IMAGE,
  container,
  exec,
  imageOfInit,
  orderedPod,
  sidecar,
} from '../../support/ordered-pod.ts'

const one = (name: string) => expectPod('p').container(name)

describe('the start of sidecars', () => {
  it('has its place among the init containers, and does not wait for their end (C1)', async () => {
    const init = [
      container('i1', { runs: 1 }),
      sidecar('s1', { runs: 600 }),
      container('i2', { runs: 1 }),
      sidecar('s2', { runs: 600 }),
      container('i3', { runs: 1 }),
    ]
    await cluster.apply(
      orderedPod('p', { restartPolicy: 'Never', init, main: [container('c1', { runs: 1 })] }),
    )
    await one('i1').toFinishBefore('s1')
    await one('s1').toStartBefore('i2')
    await one('s1').toRunTogether('i2')
    await one('i2').toFinishBefore('s2')
    await one('s2').toStartBefore('i3')
    await one('s2').toRunTogether('i3')
    await one('s1').toRunTogether('s2')
    await one('i3').toFinishBefore('c1')
    await one('s1').toRunTogether('c1')
    await one('s2').toRunTogether('c1')
    await expectPod('p').toHavePhase('Succeeded', { within: '5m' })
  })

  it('of the next one waits for the startup probe (C2)', async () => {
    const startupProbe = { ...exec('test', '-f', '/started'), periodSeconds: 1, failureThreshold: 60 }
    const init = ['s1', 's2'].map((name) => sidecar(name, { startsAfter: 10, runs: 600 }, { startupProbe }))
    await cluster.apply(
      orderedPod('p', { restartPolicy: 'Never', init, main: [container('c1', { runs: 1 })] }),
    )
    await one('s1').toLog('s1 started')
    await one('s2').toNeverStart().for('100ms')
    await one('s2').toLog('s2 started')
    await one('c1').toNeverStart().for('100ms')
    await one('s1').toStartBefore('s2')
    await one('s2').toStartBefore('c1')
    await expectPod('p').toHavePhase('Succeeded', { within: '5m' })
  })

  const held = (i2: Parameters<typeof container>[1]) => [
    container('i1', { runs: 1 }),
    sidecar('s1', { runs: 600, lingers: 5 }, { lifecycle: HOLDS_NEXT }),
    container('i2', i2),
    sidecar('s2', { runs: 1, lingers: 1 }, { lifecycle: HOLDS_NEXT }),
  ]

  for (const restartPolicy of ['Always', 'OnFailure'] as const) {
    it(`happens again for a new image while init containers run under ${restartPolicy} (C3)`, async () => {
      const main = [container('c1', { runs: 1, lingers: 1 })]
      await cluster.apply(orderedPod('p', { restartPolicy, init: held({ runs: 600 }), main }))
      await one('i2').toLog('i2 started')
      await cluster.patch('pod/p', imageOfInit('s1', OTHER_IMAGE))
      await one('s1').toRestart()
      await one('s1').toRunImage(OTHER_IMAGE)
      await one('i1').toFinishBefore('s1')
      await one('s1').toStartBefore('i2')
      for (const name of ['s2', 'c1']) await one(name).toNeverStart().for('5s')
      for (const name of ['i1', 'i2']) await one(name).toNeverRestart().for('5s')
    })
  }

  it('ends with an init container that fails under Never, which ends before them (C4)', async () => {
    const main = [container('c1', { runs: 1, lingers: 1 })]
    const init = held({ runs: 30, exits: 1 })
    await cluster.apply(orderedPod('p', { restartPolicy: 'Never', init, main }))
    await one('i2').toLog('i2 started')
    await cluster.patch('pod/p', imageOfInit('s1', OTHER_IMAGE))
    await one('s1').toRestart()
    await one('s1').toRunImage(OTHER_IMAGE)
    await one('i2').toExitBefore('s1', { otherInstance: 1 })
    await expectPod('p').toHavePhase('Failed')
    for (const name of ['s2', 'c1']) await one(name).toNeverStart()
    for (const name of ['i1', 'i2']) await one(name).toNeverRestart()
  })

  it('is tried again under Never when the first try fails before its startup probe held (C5)', async () => {
    const once = 'test -f /data/marker && sleep 120; touch /data/marker; exit 1'
    const fields = {
      command: ['sh', '-c', once],
      volumeMounts: [{ name: 'data', mountPath: '/data' }],
      startupProbe: {
        ...exec('test', '-f', '/data/marker'),
        initialDelaySeconds: 3,
        periodSeconds: 2,
        failureThreshold: 10,
      },
    }
    const startupProbe = { ...exec('true'), initialDelaySeconds: 5, periodSeconds: 5 }
    const pod = orderedPod('p', {
      restartPolicy: 'Never',
      init: [sidecar('s1', {}, fields)],
      main: [container('c1', { runs: 3600 }, { startupProbe })],
      volumes: [{ name: 'data', emptyDir: {} }],
    })
    await cluster.apply(pod)
    await one('s1').toRestart({ within: '90s' })
    await one('s1').toRunTogether('c1', { within: '2m' })
    await expectPod('p').toShowStatus('Running', { ready: '2/2', within: '2m' })
  })
})
