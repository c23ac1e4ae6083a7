// The compact recordings on the simulator: every scenario that needs no kubectl is run in process and compared.

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { expect } from 'chai'
import { compactPods } from './compact-recording.ts'
import type { CompactRecording } from './compact-recording.ts'
import { judge } from './judge.ts'
import { KNOWN_DIFFERENCES } from './known-differences.ts'
import { replay, scenarioOf, whyNotInProcess } from './replay.ts'

const FOLDER = 'specs/recordings/compact'
const recordings = readdirSync(FOLDER).map(
  (file) => JSON.parse(readFileSync(`${FOLDER}/${file}`, 'utf8')) as CompactRecording,
)

describe('a recorded scenario on the simulator', function () {
  this.timeout(0)

  for (const recording of recordings) {
    const scenario = scenarioOf(recording.name, recording.scenario)
    const obstacle = whyNotInProcess(scenario)
    if (obstacle !== undefined) continue
    it(`goes as it went on a real cluster: ${recording.name}`, async () => {
      const differences = judge(recording, compactPods(await replay(scenario)))
      const known = KNOWN_DIFFERENCES[recording.name]
      if (known) expect(differences.length, 'a known difference is gone: take it off the list').to.be.above(0)
      const unknown = differences.filter(({ part }) => !known?.parts.includes(part))
      expect(unknown.map(({ part, text }) => `${part}: ${text}`)).to.deep.equal([])
    })
  }

  it('is run by npm run recordings where it needs kubectl', () => {
    const left = recordings.flatMap(({ name, scenario }) => {
      const obstacle = whyNotInProcess(scenarioOf(name, scenario))
      return obstacle === undefined ? [] : [`${name}: ${obstacle}`]
    })
    expect(left).to.deep.equal(NEEDS_KUBECTL)
  })

  it('is the one that was recorded', function () {
    const shared = '../shared/recordings'
    if (!existsSync(shared)) this.skip()
    for (const { name, scenario } of recordings) {
      const recorded = JSON.parse(readFileSync(`${shared}/${name}.json`, 'utf8')) as CompactRecording
      expect(scenario, name).to.deep.equal(recorded.scenario)
    }
  })
})

/** Scenarios of which a command does something that is kubectl's own. */
const NEEDS_KUBECTL: readonly string[] = [
  'config-missing-cm: kubectl create configmap',
  'daemonset: a shell line',
  'deployment-rollout: kubectl set env',
  'ephemeral-container: kubectl debug p',
  'eviction-api: a shell line',
  'kubectl-messages: kubectl run p',
  'no-change-immutable: kubectl set image',
  'nodeselector-mismatch: kubectl label node',
  'preemption: kubectl delete priorityclass',
  'replicaset-recreate: a shell line',
  'seed-a-vito-prestop: a shell line',
  'taint-noexecute: kubectl taint node',
]
