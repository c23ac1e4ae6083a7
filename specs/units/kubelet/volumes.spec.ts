// The files of volumes.

import { expect } from 'chai'
import { FileSystem } from '../../../src/process/files.ts'
import { writeAtomically } from '../../../src/simulator/kubelet/volumes/atomic-writer.ts'
import { VirtualClock } from '../../../src/time/virtual.ts'

const AT_MS = Date.UTC(2026, 10, 22, 8, 31, 20)
const file = (path: string, bytes: string, mode = 0o644) => ({ path, bytes, mode })
const volume = () => new FileSystem({ timers: new VirtualClock(AT_MS) })

describe('a volume from the API', () => {
  it('shows its files through a link to the newest version', () => {
    const files = volume()
    writeAtomically(files, [file('a', '1'), file('d/b', '2')], AT_MS)
    expect(files.readText('/a') + files.readText('/d/b')).to.equal('12')
    expect(files.list('/').filter((name) => !name.startsWith('..2'))).to.deep.equal(['..data', 'a', 'd'])
    expect(files.list('/')[0]).to.match(/^\.\.2026_11_22_08_31_20\.\d{10}$/)
  })

  it('changes all files at once, drops what is gone, and keeps one version', () => {
    const files = volume()
    writeAtomically(files, [file('a', '1'), file('b', '1')], AT_MS)
    writeAtomically(files, [file('a', '2'), file('c', '2')], AT_MS + 60_000)
    expect(files.readText('/a')).to.equal('2')
    expect(files.list('/').filter((name) => !name.startsWith('..'))).to.deep.equal(['a', 'c'])
    expect(files.list('/').filter((name) => name.startsWith('..2'))).to.have.length(1)
  })
})
