// A suite in four parts gives the report of one run, to the byte.

import { expect } from 'chai'
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { RunReport } from '../../src/report/run-report.ts'
import { runPodproof } from '../support/run-podproof.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const SHARDS = ['1/4', '2/4', '3/4', '4/4']
const SUITE = ['test', 'specs/lifecycle', '--seed', 'shards', '--reports']

describe('four shards', function () {
  this.timeout(180_000)
  const folder = temporaryFolder()
  const at = (...names: readonly string[]) => join(folder(), ...names)
  const shardReport = (shard: string) =>
    at('parts', `shard-${shard.replace('/', '-of-')}`, 'simulator', 'report.json')
  const filesIn = (report: string) => [
    ...new Set((JSON.parse(readFileSync(report, 'utf8')) as RunReport).tests.map(({ file }) => file)),
  ]

  /** Runs the parts, then puts them together where the whole was. */
  async function runParts(): Promise<void> {
    for (const shard of SHARDS) {
      const { code, stderr } = await runPodproof([...SUITE, at('parts'), '--shard', shard])
      expect(code, stderr).to.equal(0)
    }
    const merged = await runPodproof(['merge', ...SHARDS.map(shardReport), '--reports', at('parts')])
    expect(merged.code, merged.stderr).to.equal(0)
  }

  before(async () => {
    expect((await runPodproof([...SUITE, at('whole')])).code).to.equal(0)
    await runParts()
  })

  const expectTheWhole = () => {
    for (const name of readdirSync(at('whole', 'simulator')))
      expect(
        readFileSync(at('parts', 'simulator', name), 'utf8') ===
          readFileSync(at('whole', 'simulator', name), 'utf8'),
        name,
      ).to.equal(true)
    const parts = SHARDS.map(shardReport).map(filesIn)
    expect(parts.every((files) => files.length > 0)).to.equal(true)
    expect(parts.flat().toSorted()).to.deep.equal(filesIn(at('whole', 'simulator', 'report.json')))
  }

  it('give together the report of one run', expectTheWhole)

  it('give the same when they are divided anew, by what the run before took', async () => {
    const before = SHARDS.map(shardReport).map(filesIn)
    await runParts()
    expectTheWhole()
    expect(SHARDS.map(shardReport).map(filesIn)).to.not.deep.equal(before)
  })
})
