// Progress on a terminal, and where there is none.

import { expect } from 'chai'
import { createColors } from 'picocolors'
import { Progress } from '../../../src/mocha/progress.ts'

/** Everything that progress writes. */
function written(isTTY: boolean): string {
  let text = ''
  const progress = new Progress({ isTTY, write: (chunk) => (text += chunk) }, createColors(false))
  progress.beginSuite('a Pod')
  progress.beginSuite('with hooks')
  progress.begin('runs')
  progress.end('✔ runs\n  +1.000s  a claim')
  return text
}

describe('progress', () => {
  it('shows suites and what has ended', () => {
    expect(written(false)).to.equal('\na Pod\n  with hooks\n    ✔ runs\n      +1.000s  a claim\n')
  })

  it('shows the running test on a terminal, and takes it away again', () => {
    expect(written(true)).to.equal(
      '\na Pod\n  with hooks\n    … runs\r\u001b[2K    ✔ runs\n      +1.000s  a claim\n',
    )
  })

  it('writes nothing without an output', () => {
    const progress = new Progress(undefined, createColors(false))
    expect(() => {
      progress.begin('runs')
      progress.end('✔ runs')
    }).not.to.throw()
  })
})
