// What a human reads of a run, in every format, compared with files that somebody has read.

import { createColors } from 'picocolors'
import { REPORT_FORMATS } from '../../../src/report/formats.ts'
import { terminalTest, terminalTiming } from '../../../src/report/terminal.ts'
import { expectGolden } from '../../support/golden.ts'
import { sampleReport } from './sample-report.ts'

describe('the report of a run', () => {
  const golden = (file: string) => new URL(`golden/${file}`, import.meta.url)

  for (const { name, file, render } of REPORT_FORMATS) {
    it(`reads well as ${name}`, () => {
      expectGolden(render(sampleReport), golden(file))
    })
  }

  it('reads well on a terminal', () => {
    const plain = createColors(false)
    const tests = sampleReport.tests.map((test) => terminalTest(test, plain))
    expectGolden(`${tests.join('\n')}\n\n${terminalTiming(sampleReport, plain)}`, golden('terminal.txt'))
  })
})
