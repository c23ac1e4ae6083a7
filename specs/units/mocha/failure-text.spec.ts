// How a failure reads on the terminal and in a report.

import { expect } from 'chai'
import { failureText } from '../../../src/mocha/failure-text.ts'

describe('the text of a failure', () => {
  it('keeps the shape of a message and names the line of the spec, relative to the project', () => {
    const error = new Error('x failed\n\n  Expected  a')
    error.stack = [
      'Error: x failed\n\n  Expected  a',
      `    at Context.<anonymous> (file://${process.cwd()}/specs/a.spec.ts:3:5)`,
      '    at callFn (file:///x/node_modules/mocha/lib/runnable.js:1:1)',
      '    at process.processTicks (node:internal/process:1:1)',
    ].join('\n')
    const { terminal, report } = failureText(error)
    expect(terminal).to.equal('  x failed\n\n    Expected  a\n  at Context.<anonymous> (specs/a.spec.ts:3:5)')
    expect(report).to.equal('x failed\n\n  Expected  a\n')
  })

  it('shows compared values line by line', () => {
    const error = Object.assign(new Error('expected [ 1 ] to equal [ 2 ]'), {
      actual: [1],
      expected: [2],
      showDiff: true,
    })
    error.stack = ''
    const lines = failureText(error)
      .terminal.split('\n')
      .map((line) => line.trim())
    expect(lines).to.include.members(['-  2', '+  1'])
  })

  it('takes anything that was thrown', () => {
    expect(failureText('no error at all')).to.deep.equal({
      terminal: '  no error at all',
      report: 'no error at all\n',
    })
  })
})
