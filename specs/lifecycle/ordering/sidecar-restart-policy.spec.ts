// Rows D1 to D11 of the ordering scenarios: one sidecar under each restartPolicy of its Pod.

import { cluster, expectPod } from 'podproof'
import {
  NO_IMAGE,
  OTHER_IMAGE,
  container,
  imageOfInit,
  orderedPod,
  sidecar,
} from '../../support/ordered-pod.ts'

const one = (name: string) => expectPod('p').container(name)

const POLICIES = ['Always', 'OnFailure', 'Never'] as const
/** Policies under which a Pod whose containers have succeeded has ended. */
const ENDING = ['OnFailure', 'Never'] as const
/** Policies under which an init container that fails is tried again. */
const RETRYING = ['Always', 'OnFailure'] as const

describe('a sidecar', () => {
  for (const restartPolicy of ENDING) {
    it(`does not keep a Pod from its end under ${restartPolicy} (D1)`, async () => {
      const parts = { init: [sidecar('s1', { runs: 600 })], main: [container('c1', { runs: 1 })] }
      await cluster.apply(orderedPod('p', { restartPolicy, ...parts }))
      await expectPod('p').toHavePhase('Succeeded')
      await one('c1').toExitBefore('s1')
      await one('s1').toNeverRestart()
    })
  }

  it('runs on while a container restarts under Always (D2)', async () => {
    const parts = { init: [sidecar('s1', { runs: 600 })], main: [container('c1', { runs: 1 })] }
    await cluster.apply(orderedPod('p', { restartPolicy: 'Always', ...parts }))
    await one('c1').toRestart({ times: 2, within: '2m' })
    await one('s1').toNeverRestart().for('1s')
  })

  for (const [restartPolicy, runs] of [
    ['Never', 60],
    ['OnFailure', 30],
    ['Always', 10],
  ] as const) {
    it(`with a new image is replaced alone under ${restartPolicy} (D3)`, async () => {
      const init = [sidecar('s1', { runs: 600 }), sidecar('s2', { runs: 600 })]
      await cluster.apply(orderedPod('p', { restartPolicy, init, main: [container('c1', { runs })] }))
      await expectPod('p').toShowStatus('Running', { ready: '3/3' })
      await cluster.patch('pod/p', imageOfInit('s1', OTHER_IMAGE))
      await one('s1').toRestart()
      await one('s1').toRunImage(OTHER_IMAGE)
      await one('s2').toNeverRestart().for('5s')
      if (restartPolicy === 'Always') await one('c1').toRestart({ times: 2, within: '2m' })
      else await one('c1').toNeverRestart()
    })
  }

  for (const restartPolicy of POLICIES) {
    it(`whose image cannot be pulled holds everything back under ${restartPolicy} (D4)`, async () => {
      const init = [sidecar('s1', { runs: 600 }, { image: NO_IMAGE })]
      await cluster.apply(orderedPod('p', { restartPolicy, init, main: [container('c1', { runs: 1 })] }))
      await expectPod('p').toShowStatus('Init:ImagePullBackOff')
      await expectPod('p').toHavePhase('Pending')
      for (const name of ['s1', 'c1']) await one(name).toNeverStart().for('20s')
    })
  }

  for (const [row, exits] of [
    ['D5', 0],
    ['D6', 1],
  ] as const) {
    const parts = {
      init: [sidecar('s1', { runs: 5, exits }), container('i1', { runs: 5 })],
      main: [container('c1', { runs: 60 })],
    }
    for (const restartPolicy of ENDING) {
      it(`that ends with ${exits} is restarted, and the Pod succeeds under ${restartPolicy} (${row})`, async () => {
        await cluster.apply(orderedPod('p', { restartPolicy, ...parts }))
        await one('s1').toStartBefore('c1', { instance: 1 })
        await one('c1').toStartBefore('s1', { otherInstance: 2 })
        await one('c1').toExitWith(0, { within: '2m' })
        await expectPod('p').toHavePhase('Succeeded', { within: '5m' })
      })
    }

    it(`that ends with ${exits} is restarted, as is the container, under Always (D7)`, async () => {
      await cluster.apply(orderedPod('p', { restartPolicy: 'Always', ...parts }))
      await one('c1').toRestart({ within: '2m' })
      await one('s1').toStartBefore('c1', { instance: 1 })
      await one('c1').toStartBefore('s1', { otherInstance: 2 })
    })
  }

  const behindFailing = {
    init: [container('i1', { runs: 1, exits: 1 }), sidecar('s1', { runs: 600 })],
    main: [container('c1', { runs: 600 })],
  }
  const besideFailing = {
    init: [sidecar('s1', { runs: 5, exits: 1 }), container('i1', { runs: 1, exits: 1 })],
    main: [container('c1', { runs: 600 })],
  }

  it('never starts behind an init container that fails under Never (D8)', async () => {
    await cluster.apply(orderedPod('p', { restartPolicy: 'Never', ...behindFailing }))
    await expectPod('p').toHavePhase('Failed')
    await one('i1').toExitWith(1)
    await one('s1').toNeverStart()
  })

  it('runs beside an init container that fails the Pod under Never (D10)', async () => {
    await cluster.apply(orderedPod('p', { restartPolicy: 'Never', ...besideFailing }))
    await expectPod('p').toHavePhase('Failed')
    await one('s1').toRunTogether('i1')
    await one('c1').toNeverStart()
  })

  for (const restartPolicy of RETRYING) {
    it(`waits behind an init container that is tried again under ${restartPolicy} (D9)`, async () => {
      await cluster.apply(orderedPod('p', { restartPolicy, ...behindFailing }))
      await one('i1').toRestart({ times: 3, within: '5m' })
      await expectPod('p').toHavePhase('Pending')
      await one('s1').toNeverStart().for('1s')
    })

    it(`is restarted beside an init container that is tried again under ${restartPolicy} (D11)`, async () => {
      await cluster.apply(orderedPod('p', { restartPolicy, ...besideFailing }))
      await one('s1').toRestart({ times: 3, within: '5m' })
      await one('i1').toRestart({ within: '5m' })
      await one('s1').toRunTogether('i1')
      await expectPod('p').toHavePhase('Pending')
    })
  }
})
