// What the victims of failed claims read, whole: claims that do not hold of Pods of a real cluster.

import { expect } from 'chai'
import { readFileSync } from 'node:fs'
import { cluster } from '../../../src/expect/cluster.ts'
import { enterSession } from '../../../src/expect/current.ts'
import { expectNode } from '../../../src/expect/expect-node.ts'
import { expectObject } from '../../../src/expect/expect-object.ts'
import { expectPod } from '../../../src/expect/expect-pod.ts'
import { expectService } from '../../../src/expect/expect-service.ts'
import { expectGolden } from '../../support/golden.ts'
import { failureOf, replayOf } from '../../support/replayed.ts'
import { onSimulator } from '../../support/simulated.ts'

type Claims = readonly (() => PromiseLike<void>)[]

const myapp = () => expectPod('myapp-pod')
const nginx = () => expectPod('vito-demo-po-nginx')

const waiting: Claims = [
  () => myapp().toShowStatus('Running', { within: '8s', ready: '1/1' }),
  () => myapp().toShowStatus('Init:CrashLopBackOff', { within: '1s' }),
  () => myapp().toShowInOrder('Init:0/2', 'Init:1/2', 'Runing'),
  () => myapp().toStay('Init:1/2', { within: '5s' }).for('10s'),
  () => myapp().toStay('Init:0/2').for('10s'),
  () => myapp().toNeverShow('Init:1/2'),
  () => myapp().toBeReady({ within: '5s' }),
  () => myapp().toRestart({ within: '5s' }),
  () => myapp().toBeDeleted({ within: '5s' }),
  () => myapp().toHaveEvent('Killing', { within: '5s' }),
  () => myapp().container('init-myservice').toExitWith(0, { within: '5s' }),
  () => myapp().container('init-mydb').toFinishBefore('init-myservice', { within: '5s' }),
  () => myapp().container('init-myservice').toRunTogether('init-mydb', { within: '5s' }),
  () => myapp().container('init-mydb').toLog('waiting for mydb', { within: '5s' }),
  () => myapp().container('init-myservise').toExitWith(0),
  () => expectPod('myap-pod').toShowStatus('Running', { within: '1s' }),
]

const ended: Claims = [
  () => nginx().toBeDeleted({ atLeast: '30s' }),
  () => nginx().toBeDeleted({ atMost: '10s' }),
  () => nginx().toBeDeleted({ atLeast: '20s' }).because('gracePeriod'),
  () => nginx().toShowInOrder('Completed', 'Running'),
  () => nginx().container('nginx').toExitWith(137),
  () => nginx().container('nginx').toLog('no such line'),
]

/** Every claim of them fails on a replay of its own. */
async function messagesOf(name: string, claims: Claims): Promise<string> {
  const recording: unknown = JSON.parse(readFileSync(`specs/recordings/${name}.json`, 'utf8'))
  const messages: string[] = []
  for (const claim of claims) {
    replayOf(recording)
    messages.push((await failureOf(claim())).message)
  }
  return messages.join('\n')
}

const GOLDEN = new URL('./golden/', import.meta.url)

describe('expect/failures', () => {
  afterEach(() => enterSession(undefined))

  it('tell of a Pod that waits what was expected, what was seen, when, why, and what to do', async () => {
    expectGolden(await messagesOf('seed-b-init-services', waiting), new URL('waiting.txt', GOLDEN))
  })

  it('tell of a Pod that has ended how it went', async () => {
    expectGolden(await messagesOf('seed-a-vito-prestop', ended), new URL('ended.txt', GOLDEN))
  })

  it('tell what a command printed, what a node lists, and how an object differs', () =>
    onSimulator('looking', async () => {
      await cluster.apply('specs/manifests/myapp-pod.yaml')
      await myapp().container('init-myservice').toLog('waiting for myservice')
      const main = 'k8s_myapp-container_myapp-pod_default_<uid>_0'
      for (const [claim, received] of [
        [
          myapp().container('init-myservice').exec('cat', '/nothing').toPrint('x'),
          "can't open '/nothing': No such file",
        ],
        [myapp().container('init-mydb').exec('true').toExitWith(0), 'container not found ("init-mydb")'],
        [myapp().container('init-myservice').logs.toFailWith('no'), 'a log of '],
        [myapp().logs.toComeFrom('init-mydb'), 'Received  myapp-container'],
        [myapp().toHaveShown('Running'), 'only Pending, Init:0/2'],
        [expectService('myservice').toExist({ within: '1s' }), 'no Service of that name'],
        [
          expectObject('Pod', 'myapp-pod').toMatch({ status: { phase: 'Running' } }, { within: '1s' }),
          "status.phase is 'Pending'",
        ],
        [expectNode('node-1').toList({ name: main, state: 'Up' }), 'k8s_init-myservice_myapp-pod_'],
      ] as const) {
        expect((await failureOf(claim)).message).to.include(received)
      }
    }))
})
