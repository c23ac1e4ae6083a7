// What becomes of a Pod whose container ends by itself.

import { cluster, expectPod } from 'podproof'

describe('a container that ends', () => {
  it('is started again under restartPolicy Always, also after success', async () => {
    await cluster.apply('specs/manifests/always-exit-0.yaml')
    await expectPod('always-exit-0').container('main').toExitWith(0)
    await expectPod('always-exit-0').container('main').toRestart({ times: 2 })
  })

  it('completes the Pod under restartPolicy OnFailure when it succeeds', async () => {
    await cluster.apply('specs/manifests/on-failure-exit-0.yaml')
    await expectPod('on-failure-exit-0').toShowInOrder({ status: 'Running', ready: '1/1' }, 'Completed')
    await expectPod('on-failure-exit-0').container('main').toExitWith(0, { reason: 'Completed' })
    await expectPod('on-failure-exit-0').toStay({ status: 'Completed', ready: '0/1', restarts: 0 }).for('1m')
  })

  it('is started again under restartPolicy OnFailure when it fails', async () => {
    await cluster.apply('specs/manifests/on-failure-exit-5.yaml')
    await expectPod('on-failure-exit-5').container('main').toExitWith(5, { reason: 'Error' })
    await expectPod('on-failure-exit-5').toShowInOrder('Error', 'CrashLoopBackOff')
    await expectPod('on-failure-exit-5').container('main').toRestart()
  })

  it('fails the Pod under restartPolicy Never when it fails', async () => {
    await cluster.apply('specs/manifests/never-exit-5.yaml')
    await expectPod('never-exit-5').container('main').toExitWith(5)
    await expectPod('never-exit-5').toStay({ status: 'Error', restarts: 0 }).for('1m')
  })
})
