// The two lifecycles of the page on the simulator, beside what a real cluster did with them.

import { readFileSync } from 'node:fs'
import { expect } from 'chai'
import { cluster, expectPod, readRecording } from '../../src/index.ts'
import type { History, Recording } from '../../src/index.ts'
import { rowsOf } from '../../src/history/rows.ts'
import { Timeline } from '../../src/history/timeline.ts'
import { eventTexts, exits, logTexts, matching, timedRows } from '../support/agreement.ts'
import { onSimulator } from '../support/simulated.ts'

/** Two clusters agree on an interval within this. */
const TOLERANCE_MS = 2_000

const recordingOf = (name: string) =>
  JSON.parse(readFileSync(`specs/recordings/${name}.json`, 'utf8')) as Recording & {
    readonly scenario: { readonly manifest: string; readonly steps: readonly { readonly stdin?: string }[] }
  }

/** Lets time go by until the recorded command was done: so long after the state of the Pod that was shown then. */
async function passUntil(
  pod: string,
  recorded: History,
  isCommand: (command: string) => boolean,
  nth = 0,
): Promise<void> {
  const doneMs = recorded.commands.filter(({ command }) => isCommand(command))[nth]?.endMs ?? 0
  const rows = (history: History) => rowsOf(history.timeline('Pod', pod) ?? new Timeline('Pod', pod))
  const shown = rows(recorded).findLast(({ change }) => change.atMs <= doneMs)
  await expectPod(pod).toShowStatus(shown?.status ?? '')
  const sinceMs = rows(cluster.history).findLast(({ status }) => status === shown?.status)?.change.atMs ?? 0
  const untilMs = sinceMs + doneMs - (shown?.change.atMs ?? 0)
  await cluster.pass(`${Math.max(0, untilMs - cluster.now())}ms`)
}

const lifecycles: readonly {
  readonly name: string
  readonly pod: string
  readonly act: (recorded: History) => Promise<void>
}[] = [
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
      for (const [index, { stdin }] of recordingOf('seed-b-init-services')
        .scenario.steps.filter((step) => step.stdin)
        .entries()) {
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
      const [real, own] = [timedRows(recorded, pod), timedRows(simulated, pod)]
      expect(matching(real, own).filter(({ found }) => !found)).to.deep.equal([])
      expect(matching(own, real).filter(({ found }) => !found)).to.deep.equal([])
    })

    it('goes from one to the next after the same time, within two seconds', () => {
      const pairs = matching(timedRows(recorded, pod), timedRows(simulated, pod))
      for (const [index, { wanted, found }] of pairs.entries()) {
        const before = pairs[index - 1]
        if (!before?.found || !found) continue
        expect(found.atMs - before.found.atMs, wanted.text).to.be.closeTo(
          wanted.atMs - before.wanted.atMs,
          TOLERANCE_MS,
        )
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
        expect(logTexts(simulated, pod, container), container).to.deep.equal(
          logTexts(recorded, pod, container),
        )
      }
    })
  })
}
