// Shards divide a run completely, evenly, and everywhere in the same way.

import { expect } from 'chai'
import { filesOfShard, parseShard } from '../../../src/mocha/shard.ts'
import { mergeReports } from '../../../src/report/merge-reports.ts'
import type { RunReport } from '../../../src/report/run-report.ts'

const FILES = ['a', 'b', 'c', 'd', 'e']
const COSTS: Readonly<Record<string, number>> = { a: 10, b: 1, c: 1, d: 7, e: 2 }
const shard = (index: number, count: number) =>
  filesOfShard(FILES, { index, count }, (file) => COSTS[file] ?? 0)

describe('shards', () => {
  it('hold every file once, and about the same work', () => {
    expect(shard(1, 2)).to.deep.equal(['a', 'c'])
    expect(shard(2, 2)).to.deep.equal(['b', 'd', 'e'])
    expect([1, 2, 3, 4].flatMap((index) => shard(index, 4)).toSorted()).to.deep.equal(FILES)
  })

  it('may be empty where there are more of them than files', () => {
    expect(shard(6, 6)).to.deep.equal([])
  })

  for (const text of ['0/4', '5/4', '1', '1/x', ''])
    it(`are not named by "${text}"`, () => expect(parseShard(text)).to.equal(undefined))

  const report = (seed: string, ...files: readonly string[]): RunReport => ({
    format: 'podproof.report/v1',
    cluster: { name: 'simulator', version: 'v1.36.2' },
    seed,
    tests: files.map((file) => ({ file, title: ['t'], state: 'passed', claims: [], durations: [] })),
  })

  it('give together the report of one run', () => {
    expect(mergeReports([report('1', 'b', 'd'), report('1', 'a', 'c')])).to.deep.equal(
      report('1', 'a', 'b', 'c', 'd'),
    )
  })

  it('are not merged across seeds, nor twice', () => {
    expect(() => mergeReports([report('1', 'a'), report('2', 'b')])).to.throw('different seeds: 1, 2')
    expect(() => mergeReports([report('1', 'a'), report('1', 'a')])).to.throw(
      'in more than one report: a › t',
    )
  })
})
