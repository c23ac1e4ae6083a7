// A report that goes through the log of a container.

import { expect } from 'chai'
import { reportInLines, reportLines } from '../../../src/report/report-lines.ts'
import { sampleReport } from './sample-report.ts'

const REPORT = { ...sampleReport, tests: Array.from({ length: 5 }, () => sampleReport.tests).flat() }

describe('a report in a log', () => {
  const lines = reportLines(REPORT)

  it('is found among other lines, whole', () => {
    expect(lines.length).to.be.at.least(2)
    expect(Math.max(...lines.map((line) => line.length))).to.be.at.most(4_100)
    const log = ['begins', ...lines.flatMap((line) => [line, 'a warning in between']), 'ends']
    expect(reportInLines(log)).to.deep.equal(REPORT)
  })

  it('is none when a part is missing', () => {
    for (const missing of lines.keys())
      expect(reportInLines(lines.filter((_, index) => index !== missing))).to.equal(undefined)
  })

  it('is the last where a container has started again', () => {
    const other = reportLines({ ...REPORT, tests: [] })
    expect(reportInLines([...lines.slice(0, 1), ...other, ...lines])).to.deep.equal(REPORT)
    expect(reportInLines([...lines, ...other])?.tests).to.deep.equal([])
  })
})
