// Time and chance have one door: the host's are touched in src/time alone.

import { expect } from 'chai'
import { sourceFiles, sourceText } from './imports.ts'

const HOST_TIME =
  /\bDate\.now\b|\bnew Date\(\s*\)|\b(?:setTimeout|setInterval|setImmediate|queueMicrotask)\s*\(|\bperformance\.|\bprocess\.hrtime\b|\bMath\.random\b|\brandomUUID\b|\brandomBytes\b|node:timers/

describe('the one clock', () => {
  it("is the only place where the host's date, timers and randomness are touched", () => {
    const offenders = sourceFiles()
      .filter((file) => !file.startsWith('time/'))
      .flatMap((file) => offences(file))
    expect(offenders).to.deep.equal([])
  })
})

function offences(file: string): string[] {
  return sourceText(file)
    .split('\n')
    .map((line, index) => ({ line: line.replace(/\/\/.*|^\s*\*.*/, ''), number: index + 1 }))
    .filter(({ line }) => HOST_TIME.test(line))
    .map(({ line, number }) => `src/${file}:${number}: ${line.trim()}`)
}
