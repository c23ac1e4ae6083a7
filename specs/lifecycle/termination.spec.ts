// How a Pod is stopped: its hook, TERM, the grace period, KILL.

import { cluster, expectPod } from 'podproof'

describe('termination', () => {
  it('kills a PID 1 that ignores TERM after the default grace period of 30 seconds', async () => {
    await cluster.apply('specs/manifests/term-ignored.yaml')
    await expectPod('term-ignored').toBeReady()
    await cluster.delete('pod/term-ignored')
    await expectPod('term-ignored').toStay('Terminating').for('29s')
    await expectPod('term-ignored').container('main').toExitWith(137, { reason: 'Error' })
    await expectPod('term-ignored').toBeDeleted({ atLeast: '30s', atMost: '34s' }).because('gracePeriod')
  })

  it('takes the grace period of the deletion in place of the default', async () => {
    await cluster.apply('specs/manifests/term-ignored.yaml')
    await expectPod('term-ignored').toBeReady()
    await cluster.delete('pod/term-ignored', { gracePeriodSeconds: 4 })
    await expectPod('term-ignored').container('main').toExitWith(137)
    await expectPod('term-ignored').toBeDeleted({ atLeast: '4s', atMost: '8s' }).because('gracePeriod')
  })

  it('sends TERM after the preStop hook, and the process ends as it likes', async () => {
    await cluster.apply('specs/manifests/term-handled.yaml')
    await expectPod('term-handled').toBeReady()
    await cluster.delete('pod/term-handled')
    await expectPod('term-handled').container('main').toLog('after the hook', 'got TERM')
    await expectPod('term-handled').container('main').toExitWith(3, { reason: 'Error' })
    await expectPod('term-handled').toShowStatus('Error', { ready: '0/1' })
    await expectPod('term-handled').toBeDeleted({ atLeast: '4s', atMost: '12s' })
  })

  it('gives a preStop hook no more than the grace period, and two seconds for TERM after it', async () => {
    await cluster.apply('specs/manifests/pre-stop-too-long.yaml')
    await expectPod('pre-stop-too-long').toBeReady()
    await cluster.delete('pod/pre-stop-too-long')
    await expectPod('pre-stop-too-long').container('main').toExitWith(137)
    await expectPod('pre-stop-too-long').toBeDeleted({ atLeast: '8s', atMost: '12s' })
    await expectPod('pre-stop-too-long').toHaveEvent('FailedPreStopHook', { type: 'Warning' })
  })

  it('says that it stops the container before it does', async () => {
    await cluster.apply('specs/manifests/term-handled.yaml')
    await expectPod('term-handled').toBeReady()
    await cluster.delete('pod/term-handled')
    await expectPod('term-handled').toHaveEvent('Killing', { message: 'Stopping container main' })
    await expectPod('term-handled').toShowStatus('Terminating', { ready: '1/1' })
  })
})
