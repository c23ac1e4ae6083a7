// The life of pods on a node: what is shown, in which order and when.

import { expect } from 'chai'
import { PodRun, script } from './pod-run.ts'

const exec = (...command: string[]) => ({ exec: { command } })
const started = ['0/1 Pending 0', '0/1 ContainerCreating 0', '1/1 Running 0']

describe('a pod on a node', () => {
  it('runs within about a second', async () => {
    const run = await new PodRun(script('sleep 60')).until(3)
    expect(run.rows).to.deep.equal(started)
    expect(run.second('1/1 Running 0')).to.be.within(0.6, 1.6)
  })

  it('that is deleted gets its grace, and is gone soon after its end', async () => {
    const run = await new PodRun({ ...script('sleep 600'), terminationGracePeriodSeconds: 5 }).until(3)
    run.delete()
    await run.until(12)
    expect(run.rows).to.deep.equal([...started, '1/1 Terminating 0', '0/1 Error 0', 'deleted'])
    expect(run.second('0/1 Error 0')).to.be.within(8, 8.6)
    expect(run.pod.status?.containerStatuses?.[0]?.state?.terminated?.exitCode).to.equal(137)
  })

  it('that is deleted runs its preStop hook first, within the grace', async () => {
    const lifecycle = { preStop: exec('sh', '-c', 'sleep 4; echo bye > /dev/null') }
    const run = await new PodRun(
      script('trap "exit 3" TERM; while :; do sleep 0.1; done', { lifecycle }),
    ).until(3)
    run.delete()
    await run.until(10)
    expect(run.second('0/1 Error 0')).to.be.within(7, 8)
    expect(run.pod.status?.containerStatuses?.[0]?.state?.terminated?.exitCode).to.equal(3)
  })

  it('whose preStop outlives the grace has two more seconds', async () => {
    const lifecycle = { preStop: exec('sleep', '60') }
    const spec = { ...script('sleep 600', { lifecycle }), terminationGracePeriodSeconds: 2 }
    const run = await new PodRun(spec).until(3)
    run.delete()
    await run.until(10)
    expect(run.second('0/1 Error 0')).to.be.within(7, 7.7)
    expect(run.events(/PreStop/)).to.deep.equal(['FailedPreStopHook PreStopHook failed'])
  })

  it('whose postStart runs is not shown as running', async () => {
    const run = await new PodRun(script('sleep 60', { lifecycle: { postStart: exec('sleep', '5') } })).until(
      9,
    )
    expect(run.second('1/1 Running 0')).to.be.within(5.6, 6.8)
  })

  it('that crashes waits 10, 20, 40 s, and shows CrashLoopBackOff just before the next start', async () => {
    const run = await new PodRun(script('exit 1')).until(60)
    const seconds = [1, 2, 3].map((restarts) => run.second(`1/1 Running ${restarts}`))
    expect(seconds[1]).to.be.within(12, 18)
    expect((seconds[2] ?? 0) - (seconds[1] ?? 0)).to.be.within(20, 32)
    expect(run.rows).to.include.members(['0/1 Error 1', '0/1 CrashLoopBackOff 1', '0/1 CrashLoopBackOff 2'])
  })

  it('that ends well under OnFailure is Completed and stays so', async () => {
    const run = await new PodRun({ ...script('echo done'), restartPolicy: 'OnFailure' }).until(120)
    expect(run.rows.at(-1)).to.equal('0/1 Completed 0')
    expect(run.pod.status?.phase).to.equal('Succeeded')
    expect(run.logs('main')).to.equal('done\n')
  })

  it('past its deadline is ended and Failed', async () => {
    const run = await new PodRun({
      ...script('trap "exit 0" TERM; while :; do sleep 0.1; done'),
      activeDeadlineSeconds: 4,
    }).until(10)
    expect(run.pod.status).to.include({ phase: 'Failed', reason: 'DeadlineExceeded' })
    expect(run.eventSeconds(/^Killing/)[0]).to.be.within(4, 7)
  })

  it('without its ConfigMap waits, and starts when it is there', async () => {
    const env = [{ name: 'X', valueFrom: { configMapKeyRef: { name: 'cm', key: 'x' } } }]
    const run = await new PodRun(script('echo $X; sleep 60', { env })).until(8)
    expect(run.rows.at(-1)).to.equal('0/1 CreateContainerConfigError 0')
    run.createConfigMap('cm', { x: 'found' })
    await run.until(30)
    expect(run.rows.at(-1)).to.equal('1/1 Running 0')
    expect(run.logs('main')).to.equal('found\n')
  })

  it('without the ConfigMap of a volume is tried again after 0.5, 1, 2, 4 s', async () => {
    const volumes = [{ name: 'v', configMap: { name: 'cm' } }]
    const volumeMounts = [{ name: 'v', mountPath: '/v' }]
    const run = await new PodRun({ ...script('cat /v/x; echo; sleep 60', { volumeMounts }), volumes }).until(
      6,
    )
    const [first = 0, ...others] = run.eventSeconds(
      /^FailedMount MountVolume.SetUp failed for volume "v" : configmap "cm" not found/,
    )
    expect(others.map((second) => Math.round((second - first) * 2) / 2)).to.deep.equal([0.5, 1.5, 3.5])
    run.createConfigMap('cm', { x: 'found' })
    await run.until(12)
    expect(run.logs('main')).to.equal('found\n')
  })

  it('whose image does not exist shows both reasons in turn', async () => {
    const run = await new PodRun(script('true', { image: 'nosuchrepo/app:1' })).until(60)
    expect(run.rows.slice(2, 6)).to.deep.equal([
      '0/1 ErrImagePull 0', '0/1 ImagePullBackOff 0', '0/1 ErrImagePull 0', '0/1 ImagePullBackOff 0',
    ]) // prettier-ignore
  })

  it('that holds more than its emptyDir may is evicted', async () => {
    const volumes = [{ name: 'd', emptyDir: { sizeLimit: '1Mi' } }]
    const volumeMounts = [{ name: 'd', mountPath: '/d' }]
    const text = 'dd if=/dev/zero of=/d/f bs=1024 count=2048; sleep 600'
    const run = await new PodRun({ ...script(text, { volumeMounts }), volumes }).until(40)
    expect(run.pod.status).to.include({ phase: 'Failed', reason: 'Evicted' })
    expect(run.pod.status?.message).to.equal('Usage of EmptyDir volume "d" exceeds the limit "1Mi". ')
  })
})

describe('probes', () => {
  it('of liveness end a container after as many failures in a row, and it starts anew', async () => {
    const livenessProbe = { ...exec('false'), periodSeconds: 2, failureThreshold: 3 }
    const text = 'trap "exit 0" TERM; while :; do sleep 0.1; done'
    const run = await new PodRun(script(text, { livenessProbe })).until(12)
    expect(run.events(/^Unhealthy/).length).to.be.at.least(3)
    expect(run.events(/^Killing/)[0]).to.equal(
      'Killing Container main failed liveness probe, will be restarted',
    )
    expect(run.rows).to.include('1/1 Running 1')
  })

  it('of readiness run at once when the container runs, and gate READY', async () => {
    const readinessProbe = { ...exec('test', '-f', '/ready'), periodSeconds: 2 }
    const run = await new PodRun(script('sleep 4; touch /ready; sleep 60', { readinessProbe })).until(12)
    expect(run.rows.slice(2)).to.deep.equal(['0/1 Running 0', '1/1 Running 0'])
    expect(run.eventSeconds(/^Unhealthy Readiness/)[0]).to.be.below(2)
    expect(run.second('1/1 Running 0')).to.be.within(4.8, 8)
  })

  it('of startup keep the others back', async () => {
    const startupProbe = { ...exec('test', '-f', '/up'), periodSeconds: 1, failureThreshold: 30 }
    const livenessProbe = { ...exec('false'), periodSeconds: 1, failureThreshold: 1 }
    const text = 'sleep 5; touch /up; sleep 60'
    const run = await new PodRun(script(text, { startupProbe, livenessProbe })).until(12)
    expect(run.eventSeconds(/^Unhealthy Liveness/)[0]).to.be.above(5.5)
  })
})

describe('the kubelet', () => {
  it('can be stopped: containers run on, and a deletion waits for its return', async () => {
    const run = await new PodRun(script('trap "exit 0" TERM; while :; do sleep 0.1; done')).until(3)
    run.node.stopKubelet()
    run.delete()
    await run.until(20)
    expect(run.rows.at(-1)).to.equal('1/1 Terminating 0')
    run.node.startKubelet()
    await run.until(26)
    expect(run.rows.slice(-2)).to.deep.equal(['0/1 Completed 0', 'deleted'])
  })

  it('that is restarted leaves running containers alone', async () => {
    const run = await new PodRun(script('sleep 600')).until(3)
    run.node.restartKubelet(2_000)
    await run.until(20)
    expect(run.rows).to.deep.equal(started)
  })

  it('makes a new sandbox, and everything anew in it, when the old one is killed', async () => {
    const run = await new PodRun(script('sleep 600')).until(3)
    run.node.killSandbox(run.pod.metadata?.uid ?? '')
    await run.until(45)
    expect(run.events(/^SandboxChanged/)).to.have.length(1)
    expect(run.rows.at(-1)).to.equal('1/1 Running 1')
    const sandboxes = run.node.containers().filter(({ name }) => name.startsWith('k8s_POD_'))
    expect(sandboxes.map(({ name, state }) => `${name.slice(-1)} ${state}`)).to.deep.equal([
      '1 running',
      '0 exited',
    ])
  })

  it('keeps one dead container of each name', async () => {
    const run = await new PodRun(script('exit 1')).until(45)
    const dead = run.node.containers().filter(({ name }) => name.startsWith('k8s_main_'))
    expect(dead.map(({ name }) => name.slice(-1))).to.deep.equal(['3'])
  })
})
