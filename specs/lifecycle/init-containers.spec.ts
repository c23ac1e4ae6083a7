// The second Pod of the page: two init containers that wait for a Service each, and Pods of our own with sequences and failures.

import { cluster, expectNode, expectPod, skipBecause } from 'podproof'

describe('init containers', () => {
  describe('that wait for the Services myservice and mydb', () => {
    beforeEach(() => cluster.apply('specs/manifests/myapp-pod.yaml'))

    it('the Pod shows Init:0/2 while myservice is missing, and stays so', async () => {
      await expectPod('myapp-pod').toShowStatus('Init:0/2', { ready: '0/1' })
      await expectPod('myapp-pod').toStay('Init:0/2').for('30s')
    })

    it('the first one logs that the name cannot be resolved, and tries again', async () => {
      const refusal = `nslookup: can't resolve 'myservice.${cluster.namespace}.svc.cluster.local'`
      const first = expectPod('myapp-pod').container('init-myservice')
      await first.toLog(refusal)
      await first.toLog(/^Server: {4}\S+$/, /^Address 1: \S+ kube-dns\.kube-system\.svc\.cluster\.local$/, '')
      await first.toLog('waiting for myservice', 'waiting for myservice')
    })

    it('the second one does not start before the first has ended', async () => {
      await expectPod('myapp-pod').toShowStatus('Init:0/2')
      await cluster.pass('6s')
      await expectPod('myapp-pod')
        .container('init-mydb')
        .logs.toFailWith('container "init-mydb" in pod "myapp-pod" is waiting to start: PodInitializing')
    })

    it('the Pod shows Init:1/2 once myservice exists, and the second one waits for mydb', async () => {
      await expectPod('myapp-pod').toShowStatus('Init:0/2')
      await cluster.apply('specs/manifests/myservice.yaml')
      await expectPod('myapp-pod').toShowStatus('Init:1/2', { ready: '0/1' })
      await expectPod('myapp-pod').container('init-myservice').toExitWith(0)
      await expectPod('myapp-pod').container('init-mydb').toLog('waiting for mydb')
      await expectPod('myapp-pod').toStay('Init:1/2').for('20s')
    })

    it('the Pod runs once both exist, and each container came after the one before it', async () => {
      await expectPod('myapp-pod').toShowStatus('Init:0/2')
      await cluster.apply('specs/manifests/myservice.yaml')
      await expectPod('myapp-pod').toShowStatus('Init:1/2')
      await cluster.apply('specs/manifests/mydb.yaml')
      await expectPod('myapp-pod').toShowInOrder('PodInitializing', { status: 'Running', ready: '1/1' })
      await expectPod('myapp-pod').container('init-mydb').toExitWith(0)
      await expectPod('myapp-pod').container('init-myservice').toFinishBefore('init-mydb')
      await expectPod('myapp-pod').container('init-mydb').toFinishBefore('myapp-container')
    })

    it('kubectl logs takes the log of the regular container', async () => {
      await cluster.apply(['specs/manifests/myservice.yaml', 'specs/manifests/mydb.yaml'])
      await expectPod('myapp-pod').toShowStatus('Running')
      await expectPod('myapp-pod').logs.toComeFrom('myapp-container')
      await expectPod('myapp-pod').container('myapp-container').toLog('The app is running!')
    })

    it('the exited init containers stay on the node, beside the pause container', async function () {
      if (!cluster.showsNodes) skipBecause(this, 'this cluster shows nobody the containers of its nodes')
      await cluster.apply(['specs/manifests/myservice.yaml', 'specs/manifests/mydb.yaml'])
      await expectPod('myapp-pod').toShowStatus('Running')
      await cluster.pass('2m')
      await expectNode(cluster.nodeOf('myapp-pod')).toList(
        { name: 'k8s_myapp-container_myapp-pod_default_<uid>_0', state: 'Up' },
        { name: 'k8s_init-mydb_myapp-pod_default_<uid>_0', state: 'Exited (0)' },
        { name: 'k8s_init-myservice_myapp-pod_default_<uid>_0', state: 'Exited (0)' },
        { name: 'k8s_POD_myapp-pod_default_<uid>_0', state: 'Up' },
      )
    })
  })

  it('run to completion one after the other, and the containers after them together', async () => {
    await cluster.apply('specs/manifests/init-sequence.yaml')
    await expectPod('init-sequence').toShowInOrder('Init:0/3', 'Init:1/3', 'Init:2/3', 'Running')
    const pod = expectPod('init-sequence')
    await pod.container('first').toFinishBefore('second')
    await pod.container('second').toFinishBefore('third')
    await pod.container('third').toFinishBefore('a')
    await pod.container('a').toRunTogether('b')
  })

  for (const policy of ['always', 'on-failure']) {
    it(`a failing one is started again, and none after it, under restartPolicy ${policy}`, async () => {
      const pod = `init-failure-${policy}`
      await cluster.apply(`specs/manifests/${pod}.yaml`)
      await expectPod(pod).container('failing').toExitWith(4, { reason: 'Error' })
      await expectPod(pod).toShowInOrder('Init:Error', 'Init:0/2', 'Init:Error', 'Init:CrashLoopBackOff')
      await expectPod(pod).container('failing').toRestart()
      await expectPod(pod).toNeverShow('Init:1/2', 'PodInitializing', 'Running')
    })
  }

  it('a failing one fails the Pod under restartPolicy Never', async () => {
    await cluster.apply('specs/manifests/init-failure-never.yaml')
    await expectPod('init-failure-never').container('failing').toExitWith(4)
    await expectPod('init-failure-never').toShowStatus('Init:Error', { restarts: 0 })
    await expectPod('init-failure-never').toStay('Init:Error').for('1m')
    await expectPod('init-failure-never')
      .container('main')
      .logs.toFailWith('container "main" in pod "init-failure-never" is waiting to start: PodInitializing')
    await expectPod('init-failure-never').toNeverShow('Init:1/2', 'Running')
  })
})
