// Claims about what containers never do, in which order they exit, what they run, and the phase: when they hold, how they fail.

import { expect } from 'chai'
import { readFileSync } from 'node:fs'
import { cluster } from '../../../src/expect/cluster.ts'
import { enterSession } from '../../../src/expect/current.ts'
import { expectPod } from '../../../src/expect/expect-pod.ts'
import { container, orderedPod, sidecar } from '../../support/ordered-pod.ts'
import { expectGolden } from '../../support/golden.ts'
import { failureOf, replayOf } from '../../support/replayed.ts'
import { onSimulator } from '../../support/simulated.ts'

const recorded = (name: string): unknown => JSON.parse(readFileSync(`specs/recordings/${name}.json`, 'utf8'))
const one = (name: string) => expectPod('myapp-pod').container(name)

describe('expect/container', () => {
  afterEach(() => enterSession(undefined))

  const failing: readonly (() => PromiseLike<void>)[] = [
    () => one('init-mydb').toExitBefore('init-myservice'),
    () => one('init-mydb').toNeverStart(),
    () => one('init-myservice').toNeverLog('no such service yet', { after: 'no such line' }).for('20s'),
    () => one('init-myservice').toRunImage('busybox:1.36', { within: '5s' }),
    () => one('myapp-container').toStartBefore('init-mydb', { instance: 1, within: '5s' }),
    () => expectPod('myapp-pod').toHavePhase('Running', { within: '5s' }),
  ]

  it('says what it expected of a container and what came instead', async () => {
    const messages: string[] = []
    for (const claim of failing) {
      replayOf(recorded('seed-b-init-services'))
      messages.push((await failureOf(claim())).message)
    }
    expectGolden(messages.join('\n'), new URL('./golden/container-claims.txt', import.meta.url))
  })

  it('tells later instances from the first', async () => {
    await onSimulator('later instances', async () => {
      const parts = { init: [sidecar('s1', { runs: 3 })], main: [container('c1', { runs: 60 })] }
      await cluster.apply(orderedPod('p', { restartPolicy: 'Always', ...parts }))
      await expectPod('p').container('s1').toRestart()
      await expectPod('p').container('s1').toStartBefore('c1')
      await expectPod('p').container('c1').toStartBefore('s1', { otherInstance: 1 })
      const failure = await failureOf(expectPod('p').container('s1').toNeverRestart())
      expect(failure.message).to.match(
        /Expected {2}s1 never to restart\n {2}Received {2}s1 had restarted \(1\) at /,
      )
    })
  })

  it('fails at once when the Pod has ended in another phase', async () => {
    await onSimulator('other phase', async () => {
      await cluster.apply(orderedPod('p', { restartPolicy: 'Never', main: [container('c1', { exits: 1 })] }))
      const failure = await failureOf(expectPod('p').toHavePhase('Succeeded'))
      expect(failure.message).to.match(/Expected {2}phase Succeeded\n {2}Received {2}phase Failed\n/)
    })
  })

  it('acts on nodes where it may, and says so where it may not', async () => {
    await onSimulator('nodes', async () => {
      await cluster.apply(orderedPod('p', { restartPolicy: 'Always', main: [container('c1', { runs: 60 })] }))
      await expectPod('p').toBeReady()
      expect(cluster.controlsNodes).to.equal(true)
      await cluster.killSandbox('pod/p')
      await expectPod('p').container('c1').toRestart()
      const failure = await failureOf(cluster.killSandbox('service/kubernetes'))
      expect(failure.message).to.match(/service\/kubernetes is a Service/)
    })
    replayOf(recorded('seed-b-init-services'))
    const failure = await failureOf(cluster.stopKubelet('node1'))
    expect(failure.message).to.match(/does not let podproof run "systemctl stop kubelet" on its nodes/)
  })
})
