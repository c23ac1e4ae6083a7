// Recording a scenario: the real kubectl in a terminal, on a clock that only moves while it waits.

import { expect } from 'chai'
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { kubeconfigCluster } from '../../../src/cluster/kubeconfig.ts'
import { simulatorCluster } from '../../../src/cluster/simulator.ts'
import type { Recording } from '../../../src/history/recording.ts'
import { writeRecording } from '../../../src/history/write-recording.ts'
import { readScenario } from '../../../src/scenario/read-scenario.ts'
import { record } from '../../../src/scenario/record.ts'
import { kubectl136, whyNoKubectl } from '../../support/kubectl.ts'
import { keepBusy } from '../../support/simulate.ts'
import { served } from '../http/served.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const judge = join(root, '..', 'shared', 'tools', 'score-recordings.mjs')
const SEEDS = ['seed-a-vito-prestop', 'seed-b-init-services']
const isFull = Boolean(process.env['PODPROOF_FULL'])
const RUNS = 20

async function recorded(text: string, file: string): Promise<Recording> {
  const { scenario, source } = readScenario(text, file)
  const cluster = simulatorCluster({ nodes: [{ name: 'node1' }], seed: scenario.name }, { tls: false })
  try {
    return writeRecording(
      await record(scenario, { cluster, kubectlFile: kubectl136() ?? whyNoKubectl(), source }),
    )
  } finally {
    await cluster.close()
  }
}

/** The same on a simulator that podproof knows by its kubeconfig alone. */
async function recordedOverHttp(text: string, file: string): Promise<Recording> {
  const { scenario, source } = readScenario(text, file)
  const server = await served({ nodes: [{ name: 'node1' }], seed: scenario.name, isStanding: true })
  try {
    const cluster = await kubeconfigCluster({ text: server.server.kubeConfig() })
    server.letGo()
    const history = await record(scenario, { cluster, kubectlFile: kubectl136() ?? '', source })
    await cluster.close()
    return writeRecording(history)
  } finally {
    await server.close()
  }
}

const MANIFEST = `
manifest: |
  apiVersion: v1
  kind: Pod
  metadata: { name: p }
  spec:
    terminationGracePeriodSeconds: 5
    containers: [{ name: main, image: 'busybox:1.36', command: [sleep, '3600'] }]
`

describe('a recording', function () {
  this.timeout(600_000)
  before(function () {
    if (!kubectl136()) this.skip() // whyNoKubectl() says why
  })

  it('has the steps in the order in which they ended, each with its cluster time', async () => {
    const { steps, endedAt } = await recorded(
      `${MANIFEST}steps:
- { when: { status: Running }, delaySeconds: 2, kubectl: delete pod p, background: true }
- { delaySeconds: 1, shell: 'kubectl -n $NS get pod p -o jsonpath={.metadata.deletionGracePeriodSeconds}' }
- { delaySeconds: 1, kubectl: wait pod/p --for=condition=Ready --timeout=1s }
until: { gone: p }
tailSeconds: 3
`,
      'delete.yaml',
    )
    expect(steps.map(({ command, exitCode, stdout }) => ({ command, exitCode, stdout }))).to.deep.equal([
      { command: 'kubectl create -f -', exitCode: 0, stdout: 'pod/p created\n' },
      {
        command: 'kubectl -n $NS get pod p -o jsonpath={.metadata.deletionGracePeriodSeconds}',
        exitCode: 0,
        stdout: '5',
      },
      {
        command: 'kubectl wait pod/p --for=condition=Ready --timeout=1s',
        exitCode: 0,
        stdout: 'pod/p condition met\n',
      },
      { command: 'kubectl delete pod p', exitCode: 0, stdout: 'pod "p" deleted from t-delete namespace\n' },
    ])
    const deletion = steps[3]
    expect((deletion?.end ?? 0) - (deletion?.at ?? 0)).to.be.within(5_000, 8_000)
    expect(endedAt - (deletion?.end ?? 0)).to.be.within(2_900, 3_100)
  })

  it('counts what kubectl itself gives up on in cluster time', async () => {
    const { steps } = await recorded(
      `${MANIFEST}steps:\n- { when: { status: Running }, kubectl: wait pod/p --for=delete --timeout=2s }\nuntil: { t: 1 }\n`,
      'impatient.yaml',
    )
    expect(steps[1]).to.include({ exitCode: 1 })
    expect((steps[1]?.end ?? 0) - (steps[1]?.at ?? 0)).to.be.within(2_000, 2_300)
  })

  it('shows dates and ages of the cluster in what describe prints', async () => {
    const { steps, startedAt } = await recorded(
      `${MANIFEST}steps:\n- { when: { t: 70 }, kubectl: describe pod p }\nuntil: { t: 71 }\n`,
      'described.yaml',
    )
    const day = new Date(startedAt).toUTCString().slice(0, 16)
    expect(steps[1]?.stdout)
      .to.match(new RegExp(`^Start Time: +${day}`, 'm'))
      .and.match(/Started +(68|69)s /)
  })

  it('is the same, to the byte, however long kubectl takes', async () => {
    const scenario = `${MANIFEST}steps:\n- { when: { status: Running }, kubectl: delete pod p }\nuntil: { gone: p }\n`
    const [once, again] = [await recorded(scenario, 'twice.yaml'), await recorded(scenario, 'twice.yaml')]
    expect(JSON.stringify(again)).to.equal(JSON.stringify(once))
  })

  for (const name of isFull ? SEEDS : SEEDS.slice(1)) {
    it(`of ${name} is the same over a kubeconfig, whose server's time leaps, as in one process`, async () => {
      const file = join(root, 'specs', 'recordings', `${name}.json`)
      const text = readFileSync(file, 'utf8')
      const about = { cluster: undefined } // the one calls itself a simulator, the other by its context
      expect({ ...(await recordedOverHttp(text, file)), ...about }).to.deep.equal({
        ...(await recorded(text, file)),
        ...about,
      })
    })
  }

  // Minutes of kubectl on a host that is kept busy: for the full run.
  for (const name of isFull ? SEEDS : []) {
    it(`of ${name} is the same in ${RUNS} runs, on a busy host, and as a real cluster's`, async () => {
      const file = join(root, 'specs', 'recordings', `${name}.json`)
      const rest = keepBusy()
      const texts = new Set<string>()
      try {
        for (let run = 0; run < RUNS; run++)
          texts.add(JSON.stringify(await recorded(readFileSync(file, 'utf8'), file)))
      } finally {
        rest()
      }
      expect(texts.size, 'different recordings').to.equal(1)
      if (existsSync(judge))
        expect(judgement(name, [...texts][0] ?? '')).to.match(/^1 of 1 recordings agree/m)
    })
  }
})

function judgement(name: string, recording: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'podproof-spec-'))
  writeFileSync(join(folder, `${name}.json`), recording)
  const reference = join(root, '..', 'shared', 'recordings')
  const { stdout } = spawnSync(process.execPath, [judge, reference, folder, '--only', name, '--verbose'])
  rmSync(folder, { recursive: true })
  return stdout.toString()
}
