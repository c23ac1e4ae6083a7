// Rows B1 to B13 of the ordering scenarios: ordinary init containers.

import { cluster, expectObject, expectPod, skipBecause } from 'podproof'
import {
  IMAGE,
  NO_IMAGE,
  OTHER_IMAGE,
  container,
  exec,
  imageOfInit,
  orderedPod,
  telling,
} from '../../support/ordered-pod.ts'

const one = (name: string) => expectPod('p').container(name)

/** Each of them starts when the one before has ended, also after so many restarts of all of them. */
async function expectSequence(names: readonly string[], instance = 0): Promise<void> {
  for (const [index, name] of names.entries()) {
    const next = names[index + 1]
    if (next !== undefined) await one(name).toFinishBefore(next, { instance, otherInstance: instance })
  }
}

/** The first init container stands there as it ended: with 0, and the image that it had. */
function expectFirstInit(image: string) {
  const terminated = { exitCode: 0 }
  const status = { image: new RegExp(`${image}$`), restartCount: 0, state: { terminated } }
  return expectObject('Pod', 'p').toMatch({ status: { initContainerStatuses: [status] } })
}

/** Three init containers that end at once, and a container that runs. */
const threeAndOne = (runs: { readonly i3?: number; readonly c1: number }) => ({
  restartPolicy: 'Always',
  init: [container('i1', { runs: 1 }), container('i2', { runs: 1 }), container('i3', { runs: runs.i3 ?? 1 })],
  main: [container('c1', { runs: runs.c1 })],
})

describe('the order of init containers', () => {
  it('is that of the manifest, one after the other, before the containers (B1)', async () => {
    const init = ['i1', 'i2', 'i3'].map((name) => container(name, { runs: 1 }))
    const startupProbe = { ...exec('test', '-f', '/started'), periodSeconds: 1, failureThreshold: 20 }
    const main = [container('c1', { startsAfter: 5, runs: 1 }, { startupProbe })]
    await cluster.apply(orderedPod('p', { restartPolicy: 'Never', init, main }))
    await expectPod('p').toHavePhase('Succeeded')
    await expectSequence(['i1', 'i2', 'i3', 'c1'])
  })

  it('ends with one that fails under Never, and so does the Pod (B2)', async () => {
    const init = [container('i1', { runs: 1, exits: 1 })]
    await cluster.apply(
      orderedPod('p', { restartPolicy: 'Never', init, main: [container('c1', { runs: 1 })] }),
    )
    await expectPod('p').toHavePhase('Failed')
    await one('i1').toExitWith(1)
    await one('c1').toNeverStart()
  })

  it('puts them before the postStart hook, which runs beside its container (B3)', async () => {
    const lifecycle = { postStart: telling('PostStart', { runs: 1 }) }
    const main = [container('c1', { runs: 10 }, { lifecycle })]
    await cluster.apply(
      orderedPod('p', { restartPolicy: 'Never', init: [container('i1', { runs: 1 })], main }),
    )
    await one('i1').toFinishBefore('c1')
    await one('c1').toLog('PostStart starting', 'PostStart exiting', 'c1 exiting')
  })

  for (const restartPolicy of ['Never', 'OnFailure', 'Always'] as const) {
    it(`does not get past one whose image cannot be pulled under ${restartPolicy} (B4)`, async () => {
      const init = [container('i1', { runs: 1 }, { image: NO_IMAGE })]
      await cluster.apply(orderedPod('p', { restartPolicy, init, main: [container('c1', { runs: 1 })] }))
      await expectPod('p').toShowStatus('Init:ImagePullBackOff')
      await expectPod('p').toHavePhase('Pending')
      await one('i1').toNeverStart().for('20s')
      await one('c1').toNeverStart().for('20s')
    })
  }

  it('is not gone through again when a container restarts (B5)', async () => {
    const init = ['i1', 'i2', 'i3'].map((name) => container(name, { runs: 1 }))
    const main = [container('c1', { runs: 10, exits: 255 })]
    await cluster.apply(orderedPod('p', { restartPolicy: 'Always', init, main }))
    await one('c1').toRestart({ times: 3, within: '3m' })
    await one('c1').toExitWith(255)
    await expectSequence(['i1', 'i2', 'i3', 'c1'])
    for (const name of ['i1', 'i2', 'i3']) await one(name).toNeverRestart().for('1s')
  })

  for (const [row, image, exits] of [
    ['B6', OTHER_IMAGE, 0],
    ['B7', NO_IMAGE, 255],
  ] as const) {
    it(`is not gone through again for the new image ${image} of one that has ended (${row})`, async () => {
      const init = [container('i1', { runs: 1 })]
      const main = [container('c1', { runs: 20, exits })]
      await cluster.apply(orderedPod('p', { restartPolicy: 'Always', init, main }))
      await expectPod('p').toShowStatus('Running')
      await cluster.patch('pod/p', imageOfInit('i1', image))
      await one('i1').toNeverRestart().for('30s')
      await expectFirstInit(IMAGE)
    })
  }

  it('is not gone through again while the Pod terminates (B8)', async () => {
    const init = [container('i1', { runs: 1 })]
    const main = [container('c1', { runs: 20, lingers: 20, exits: 1 })]
    await cluster.apply(orderedPod('p', { restartPolicy: 'Never', init, main }))
    await expectPod('p').toShowStatus('Running')
    await cluster.delete('pod/p')
    await cluster.patch('pod/p', imageOfInit('i1', OTHER_IMAGE))
    await one('i1').toNeverRestart().for('15s')
    await expectFirstInit(IMAGE)
  })

  it('is gone through again in a new sandbox (B9)', async function () {
    if (!cluster.controlsNodes) skipBecause(this, 'this cluster lets nobody kill a sandbox')
    const init = ['i1', 'i2', 'i3'].map((name) => container(name, { runs: 5 }))
    await cluster.apply(
      orderedPod('p', { restartPolicy: 'Always', init, main: [container('c1', { runs: 30 })] }),
    )
    await expectPod('p').toShowStatus('Running')
    const node = cluster.nodeOf('p')
    await cluster.stopKubelet(node)
    await cluster.killSandbox('pod/p')
    await cluster.startKubelet(node)
    await one('c1').toRestart({ within: '2m' })
    for (const instance of [0, 1]) await expectSequence(['i1', 'i2', 'i3', 'c1'], instance)
    await one('c1').toRestart({ within: '2m' })
    await expectPod('p').toShowStatus('Running')
  })

  const restarts: readonly {
    readonly row: string
    readonly when: string
    readonly i3?: number
    readonly removed: readonly string[]
  }[] = [
    { row: 'B10', when: 'when the kubelet restarts', removed: [] },
    {
      row: 'B11',
      when: 'when the kubelet restarts and finds its containers removed',
      removed: ['i1', 'i2', 'i3'],
    },
    { row: 'B12', when: 'when the kubelet restarts in the middle of it', i3: 300, removed: [] },
    {
      row: 'B13',
      when: 'when the kubelet restarts in the middle of it and finds containers removed',
      i3: 300,
      removed: ['i1', 'i2'],
    },
  ]
  for (const { row, when, i3, removed } of restarts) {
    it(`is not gone through again ${when} (${row})`, async function () {
      if (!cluster.controlsNodes) skipBecause(this, 'this cluster lets nobody restart its kubelet')
      await cluster.apply(orderedPod('p', threeAndOne({ c1: 300, ...(i3 !== undefined && { i3 }) })))
      if (i3 === undefined) await expectPod('p').toShowStatus('Running')
      else await one('i3').toLog('i3 started')
      const node = cluster.nodeOf('p')
      await cluster.stopKubelet(node)
      for (const name of removed) await cluster.removeExited('pod/p', name)
      await cluster.startKubelet(node)
      for (const name of ['i1', 'i2', 'i3', 'c1']) await one(name).toNeverRestart().for('20s')
      await expectPod('p').toShowStatus(i3 === undefined ? 'Running' : 'Init:2/3')
      await expectSequence(['i1', 'i2', 'i3'])
    })
  }
})
