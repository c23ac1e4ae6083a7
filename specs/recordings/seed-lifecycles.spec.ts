// The two lifecycles of the page on the simulator, beside what a real cluster did with them.

import { readFileSync } from 'node:fs'
import { expect } from 'chai'
import { cluster, expectPod, readRecording } from '../../src/index.ts'
import type { History, Recording } from '../../src/index.ts'
import { eventTexts, exits, lastingRows, logTexts } from '../support/agreement.ts'
import { onSimulator } from '../support/simulated.ts'

/** Two clusters agree on an interval within this. */
const TOLERANCE_MS = 2_000

const recordingOf = (name: string) => JSON.parse(readFileSync(`specs/recordings/${name}.json`, 'utf8')) as Recording & {
  readonly scenario: { readonly manifest: string; readonly steps: readonly { readonly stdin?: string }[] }
}

/** Lets time go by until the instant, counted from the first state of the Pod, at which the recorded command was typed. */
async function passUntil(pod: string, recorded: History, isCommand: (command: string) => boolean, nth = 0): Promise<void> {
  const typed = recorded.commands.filter(({ command }) => isCommand(command))[nth]
  const recordedMs = (typed?.endMs ?? 0) - (recorded.timeline('Pod', pod)?.changes[0]?.atMs ?? 0)
  const bornMs = cluster.history.timeline('Pod', pod)?.changes[0]?.atMs ?? 0
  await cluster.pass(`${Math.max(0, bornMs + recordedMs - cluster.now())}ms`)
}

const lifecycles: readonly { readonly name: string; readonly pod: string; act(recorded: History): Promise<void> }[] = [
  {
    name: 'seed-a-vito-prestop',
    pod: 'vito-demo-po-nginx',
    act: async (recorded) => {
      await passUntil('vito-demo-po-nginx', recorded, (command) => command.includes('exec'))
      await expectPod('vito-demo-po-nginx').exec('cat', '/info.log').toPrint('postStart...')
      await cluster.pass('1s')
      await cluster.delete('pod/vito-demo-po-nginx')
      await expectPod('vito-demo-po-nginx').toBeDeleted()
    },
  },
  {
    name: 'seed-b-init-services',
    pod: 'myapp-pod',
    act: async (recorded) => {
      const isCreate = (command: string) => command === 'kubectl create -f -'
      for (const [index, { stdin }] of recordingOf('seed-b-init-services').scenario.steps.filter((step) => step.stdin).entries()) {
        await passUntil('myapp-pod', recorded, isCreate, index + 1)
        await cluster.apply(stdin ?? '')
      }
      await expectPod('myapp-pod').toShowStatus('Running')
      await cluster.pass('2700ms')
      await cluster.delete('pod/myapp-pod')
      await expectPod('myapp-pod').toBeDeleted()
    },
  },
]

for (const { name, pod, act } of lifecycles) {
  describe(`${name} on the simulator`, () => {
    const recording = recordingOf(name)
    const recorded = readRecording(recording)
    let simulated: History

    before(async () => {
      const session = await onSimulator(name, async () => {
        await cluster.apply(recording.scenario.manifest)
        await act(recorded)
      })
      simulated = session.history
    })

    it('shows the same rows in the same order', () => {
      const rows = (history: History) => lastingRows(history, pod).map(({ text }) => text)
      expect(rows(simulated)).to.deep.equal(rows(recorded))
    })

    it('shows each of them for as long, within two seconds', () => {
      const rows = lastingRows(simulated, pod)
      for (const [index, { text, stoodMs }] of lastingRows(recorded, pod).entries()) {
        if (stoodMs !== Infinity) expect(rows[index]?.stoodMs, text).to.be.closeTo(stoodMs, TOLERANCE_MS)
      }
    })

    it('ends its containers with the same codes and reasons', () => {
      expect(exits(simulated, pod)).to.deep.equal(exits(recorded, pod))
    })

    it('emits the same Events in the same order', () => {
      expect(eventTexts(simulated, pod)).to.deep.equal(eventTexts(recorded, pod))
    })

    it('logs the same lines', () => {
      for (const { container } of recorded.loggedContainers()) {
        expect(logTexts(simulated, pod, container), container).to.deep.equal(logTexts(recorded, pod, container))
      }
    })
  })
}
