// The text of logs.

import { expect } from 'chai'
import { LogLines } from '../../../src/cluster/log-lines.ts'
import type { LogText } from '../../../src/cluster/cluster.ts'

const cut = (...chunks: readonly Uint8Array[]): readonly LogText[] => {
  const lines: LogText[] = []
  const log = new LogLines((line) => lines.push(line))
  for (const chunk of chunks) log.write(chunk)
  log.end()
  return lines
}

const bytes = (text: string) => Buffer.from(text)

describe('cluster/log-lines', () => {
  it('cuts nanoseconds to the millisecond and keeps the text, even an empty one', () => {
    expect(cut(bytes('2026-11-22T08:31:21.836999999Z two words\n2026-11-22T08:31:22Z \n'))).to.deep.equal([
      { atMs: Date.parse('2026-11-22T08:31:21.836Z'), text: 'two words' },
      { atMs: Date.parse('2026-11-22T08:31:22Z'), text: '' },
    ])
  })

  it('joins what comes in pieces, within a letter too', () => {
    const text = bytes('2026-11-22T08:31:22Z grüße\n')
    const whole = cut(text)
    for (let at = 0; at < text.length; at++)
      expect(cut(text.subarray(0, at), text.subarray(at))).to.deep.equal(whole)
  })

  it('takes what is left at the end for a line', () => {
    expect(cut(bytes('2026-11-22T08:31:22Z no line feed')).map(({ text }) => text)).to.deep.equal([
      'no line feed',
    ])
  })
})
