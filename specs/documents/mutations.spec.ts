// A page with one false value is found out; a page in which only what is different in every run was changed is not.

import { expect } from 'chai'
import { simulatorCluster } from '../../src/cluster/simulator.ts'
import { clusterFacts } from '../../src/expect/open-session.ts'
import { Session } from '../../src/expect/session.ts'
import { Latch } from '../../src/time/latch.ts'
import { Random } from '../../src/time/random.ts'
import { nodeNamesOf } from '../../src/transcript/node-names.ts'
import { readPage } from '../../src/transcript/read.ts'
import { ClusterStage } from '../../src/transcript/run/cluster-stage.ts'
import { Judge } from '../../src/transcript/run/judge.ts'
import { DEFAULT_LIMITS } from '../../src/transcript/run/limits.ts'
import { PageRun } from '../../src/transcript/run/page-run.ts'
import type { Stage } from '../../src/transcript/run/stage.ts'
import { PageTerminals } from '../../src/transcript/run/terminals.ts'
import { contradictions } from '../../src/transcript/timeline/contradictions.ts'
import { schedulePage } from '../../src/transcript/timeline/schedule.ts'
import type { PageVerdict } from '../../src/transcript/verdict.ts'
import { documentText, hasDocuments, type PageName, PAGES, verifyOnSimulator } from '../support/documents.ts'
import { kubectl136, whyNoKubectl } from '../support/kubectl.ts'
import { disguise, falsify, type Mutation } from '../support/mutate-page.ts'
import { RecordedStage, recordingStage, type ReplayRecord } from '../support/recorded-stage.ts'

const MUTATIONS = 100
/** So many mutated pages are really replayed in a full run, to see that a record judges as a cluster does. */
const REPLAYED = 30
const isFull = Boolean(process.env['PODPROOF_FULL'])

/** Lines that are false as the pages stand. */
const KNOWN: Readonly<Record<PageName, readonly number[]>> = {
  'console-style': [79],
  'pod-lifecycle.zh': [179, 216],
  'site-style': [157, 170],
}

interface Known {
  readonly name: PageName
  readonly text: string
  readonly session: Session
  readonly record: ReplayRecord
  readonly nodeNames: readonly string[]
}

/** What is wrong with a page, by lines. */
function wrongLines({ commands, findings }: Pick<PageVerdict, 'commands' | 'findings'>): number[] {
  const differing = commands.flatMap(({ verdict, differences, step }) =>
    verdict === 'holds' ? [] : [step.line, ...differences.map(({ line }) => line.line)],
  )
  return [...differing, ...findings.flatMap(({ lines }) => lines.map(({ line }) => line))]
}

describe('a mutated page', function () {
  this.timeout(600_000)
  const known: Known[] = []
  let kubectlFile: string

  before(async function () {
    const file = kubectl136()
    if (file === undefined || !hasDocuments) {
      console.log(`      skipped: ${hasDocuments ? whyNoKubectl() : '../shared/documents is not there'}`)
      this.skip()
    }
    kubectlFile = file
    for (const name of PAGES) known.push(await recorded(name))
  })

  /** Replays a page once, and keeps what was seen. */
  async function recorded(name: PageName): Promise<Known> {
    const text = documentText(name)
    const cluster = simulatorCluster(
      { seed: '1', nodes: nodeNamesOf(text).map((node) => ({ name: node })) },
      { tls: false },
    )
    const namespace = 'default'
    const kubeConfig = await cluster.kubeConfig()
    const owner = cluster.own?.()
    const facts = await clusterFacts(cluster)
    const session = new Session(cluster, { title: name, cluster: facts, namespace, timeoutMs: 60_000 })
    const terminals = new PageTerminals({ clock: cluster.clock, kubectlFile, kubeConfig, namespace, owner })
    const real = new ClusterStage({ cluster, history: session.history, terminals, over: new Latch() })
    const { stage, record } = recordingStage(real)
    const nodeNames = nodeNamesOf(text)
    await judged(text, { stage, session, nodeNames }, DEFAULT_LIMITS.patienceMs)
    terminals.close()
    session.stop()
    owner?.release()
    await cluster.close()
    return { name, text, session, record: record(), nodeNames }
  }

  async function judged(
    text: string,
    on: { readonly stage: Stage; readonly session: Session; readonly nodeNames: readonly string[] },
    patienceMs: number,
  ): Promise<number[]> {
    const page = readPage('page.md', text)
    const schedule = schedulePage(page)
    const { history, namespace } = on.session
    const judge = new Judge({ history, namespace, nodeNames: on.nodeNames, leftOver: schedule.leftOver })
    const limits = { ...DEFAULT_LIMITS, patienceMs }
    const run = new PageRun(page, schedule, { stage: on.stage, judge, examples: {}, limits })
    return wrongLines({ commands: await run.run(), findings: contradictions(page, schedule) })
  }

  function judgedByRecord({ session, record, nodeNames }: Known, text: string): Promise<number[]> {
    return judged(text, { stage: new RecordedStage(record), session, nodeNames }, 0)
  }

  function told(name: string, { kind, line, told: by }: Mutation): string {
    return `${name}:${line} ${kind}: ${by}`
  }

  it('is judged by a record as the page itself was by the cluster', async () => {
    for (const page of known) {
      const wrong = new Set(await judgedByRecord(page, page.text))
      expect([...wrong].filter((line) => !KNOWN[page.name].includes(line)), page.name).to.have.length.at.most(2)
      for (const line of KNOWN[page.name]) expect([...wrong], page.name).to.include(line)
    }
  })

  it(`is found out in at least 98 of 100 cases (${MUTATIONS} a page)`, async () => {
    const missed: string[] = []
    for (const page of known) {
      const random = new Random(`falsify/${page.name}`)
      const before = await judgedByRecord(page, page.text)
      for (let count = 0; count < MUTATIONS; count++) {
        const mutation = falsify(page.text, random, KNOWN[page.name])
        const after = await judgedByRecord(page, mutation.text)
        if (after.length <= before.length && !after.includes(mutation.line)) missed.push(told(page.name, mutation))
      }
    }
    expect(missed.length, missed.join('\n')).to.be.at.most(Math.floor(MUTATIONS * known.length * 0.02))
  })

  it(`raises no alarm when only what every run makes anew was changed (${MUTATIONS} a page)`, async () => {
    const alarms: string[] = []
    for (const page of known) {
      const random = new Random(`disguise/${page.name}`)
      const before = await judgedByRecord(page, page.text)
      for (let count = 0; count < MUTATIONS; count++) {
        const mutation = disguise(page.text, random)
        const after = await judgedByRecord(page, mutation.text)
        if (after.length > before.length) alarms.push(told(page.name, mutation))
      }
    }
    expect(alarms).to.deep.equal([])
  })

  const itInFull = isFull ? it : it.skip
  itInFull(`is judged by a cluster as by the record (${REPLAYED} a page; PODPROOF_FULL=1)`, async () => {
    for (const page of known) {
      const random = new Random(`replay/${page.name}`)
      const before = await judgedByRecord(page, page.text)
      for (let count = 0; count < REPLAYED; count++) {
        const isFalse = count % 2 === 0
        const mutation = isFalse ? falsify(page.text, random, KNOWN[page.name]) : disguise(page.text, random)
        const { verdict } = await verifyOnSimulator('page.md', mutation.text, { kubectlFile })
        const unknown = wrongLines(verdict).filter((line) => !isKnown(page, line, verdict))
        const after = await judgedByRecord(page, mutation.text)
        const isFoundByRecord = after.length > before.length || (isFalse && after.includes(mutation.line))
        expect(unknown.length > 0, told(page.name, mutation)).to.equal(isFoundByRecord)
      }
    }
  })

  /** Whether a wrong line is wrong on the page as it stands: one that is known, or the command above it. */
  function isKnown({ name }: Known, line: number, { commands }: PageVerdict): boolean {
    const of = commands.find(({ step }) => step.line === line)
    const lines = of ? of.differences.map((difference) => difference.line.line) : [line]
    return lines.every((each) => KNOWN[name].includes(each))
  }
})
