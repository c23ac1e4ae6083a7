// The first Pod of the page: nginx with a postStart and a preStop hook, and Pods of our own where it cannot decide a claim.

import { cluster, expectPod } from 'podproof'

describe('lifecycle hooks', () => {
  describe('of a running nginx with a preStop hook of 20 seconds', () => {
    beforeEach(async () => {
      await cluster.apply('specs/manifests/vito-demo-po-nginx.yaml')
      await expectPod('vito-demo-po-nginx').toShowStatus('Running', { ready: '1/1', restarts: 0 })
    })

    it('postStart has run: the file it writes is there', async () => {
      await expectPod('vito-demo-po-nginx').exec('cat', '/info.log').toPrint('postStart...')
    })

    it('the deletion takes at least the 20 seconds of preStop, and less than the grace period', async () => {
      await cluster.delete('pod/vito-demo-po-nginx')
      await expectPod('vito-demo-po-nginx').toBeDeleted({ atLeast: '20s', atMost: '30s' }).because('preStop')
    })

    it('meanwhile it shows Terminating and stays READY 1/1', async () => {
      await cluster.delete('pod/vito-demo-po-nginx')
      await expectPod('vito-demo-po-nginx').toShowStatus('Terminating', { ready: '1/1' })
      await expectPod('vito-demo-po-nginx').toStay({ status: 'Terminating', ready: '1/1' }).for('19s')
    })

    it('nginx exits with 0 after TERM, and the Pod ends Completed', async () => {
      await cluster.delete('pod/vito-demo-po-nginx')
      await expectPod('vito-demo-po-nginx').toShowInOrder('Terminating', 'Completed')
      await expectPod('vito-demo-po-nginx')
        .container('vito-demo-c-nginx')
        .toExitWith(0, { reason: 'Completed' })
      await expectPod('vito-demo-po-nginx').toBeDeleted()
    })
  })

  describe('postStart', () => {
    beforeEach(() => cluster.apply('specs/manifests/post-start-slow.yaml'))

    it('blocks Running until it has ended', async () => {
      await expectPod('post-start-slow').toShowStatus('ContainerCreating', { ready: '0/2' })
      await expectPod('post-start-slow').toStay('ContainerCreating').for('5s')
      await expectPod('post-start-slow').toShowStatus('Running', { ready: '2/2' })
    })

    it('does not have to come before the command', async () => {
      await expectPod('post-start-slow').toShowStatus('Running')
      await expectPod('post-start-slow').container('main').toLog('the command was first')
      await expectPod('post-start-slow').container('main').exec('cat', '/hook').toPrint('done')
    })

    it('keeps the next container from starting', async () => {
      await expectPod('post-start-slow').toShowStatus('ContainerCreating')
      await cluster.pass('3s')
      await expectPod('post-start-slow')
        .container('main')
        .logs.toFailWith('container "main" in pod "post-start-slow" is waiting to start: ContainerCreating')
      await expectPod('post-start-slow').container('main').toStartBefore('next')
    })
  })
})
