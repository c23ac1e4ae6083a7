// What a node keeps of what a container writes.

import { expect } from 'chai'
import { ContainerLog, LOG_FILE_MAX_BYTES } from '../../../src/simulator/kubelet/runtime/container-log.ts'

describe('the log of a container', () => {
  it('holds whole lines with the instant of their end', () => {
    const log = new ContainerLog()
    log.write('stdout', 'a\nb', 1)
    log.write('stdout', 'c\n', 2)
    expect(log.lines).to.deep.equal([
      { atMs: 1, stream: 'stdout', text: 'a' },
      { atMs: 2, stream: 'stdout', text: 'bc' },
    ])
  })
  it('keeps the two streams apart', () => {
    const log = new ContainerLog()
    log.write('stdout', 'out', 1)
    log.write('stderr', 'err\n', 2)
    log.close(3)
    expect(log.lines.map(({ stream, text }) => `${stream} ${text}`)).to.deep.equal([
      'stderr err',
      'stdout out',
    ])
  })
  it('decodes UTF-8 that came in pieces', () => {
    const log = new ContainerLog()
    for (const byte of Buffer.from('é\n').toString('latin1')) log.write('stdout', byte, 1)
    expect(log.lines[0]?.text).to.equal('é')
  })
  it('is turned over when it is full', () => {
    const log = new ContainerLog()
    const line = `${'x'.repeat(1_000_000)}\n`
    for (let written = 0; written <= LOG_FILE_MAX_BYTES; written += line.length) log.write('stdout', line, 1)
    log.write('stdout', 'after\n', 2)
    expect(log.lines.map(({ text }) => text)).to.deep.equal(['after'])
  })
  it('tells a follower every line and the end', () => {
    const log = new ContainerLog()
    const told: string[] = []
    log.follow(({ text }) => told.push(text), () => told.push('end')) // prettier-ignore
    log.write('stdout', 'a\n', 1)
    log.close(2)
    expect(told).to.deep.equal(['a', 'end'])
  })
})
