// Reading what a real cluster did.

import { existsSync, readFileSync } from 'node:fs'
import { expect } from 'chai'
import { readRecording } from '../../../src/history/recording.ts'

const RECORDINGS = '../shared/recordings'

const read = (name: string): unknown => JSON.parse(readFileSync(`${RECORDINGS}/${name}.json`, 'utf8'))

describe('history/recording', () => {
  before(function () {
    if (!existsSync(RECORDINGS)) this.skip() // The recordings of the real cluster lie beside the repository.
  })

  it('holds every change, line and command in the order of their time', () => {
    const history = readRecording(read('seed-b-init-services'))
    expect(history.entries.map((entry) => entry.order)).to.deep.equal([...history.entries.keys()])
    const times = history.entries.map((entry) => entry.atMs)
    expect(times).to.deep.equal(times.toSorted((a, b) => a - b))
    expect(history.commands).to.have.length(18)
    expect(history.timeline('Pod', 'myapp-pod')?.changes).to.have.length(15)
  })

  it('finds the events about one object and the lines of one container', () => {
    const history = readRecording(read('seed-b-init-services'))
    const events = history.events({ kind: 'Pod', name: 'myapp-pod' })
    expect(events.map((event) => event.object['reason']).slice(0, 4)).to.deep.equal([
      'Scheduled',
      'Pulled',
      'Created',
      'Started',
    ])
    expect(history.log('myapp-pod', 'myapp-container').map((line) => line.text)).to.deep.equal([
      'The app is running!',
    ])
  })

  it('says what is wrong with a document of another format', () => {
    expect(() => readRecording({ format: 'x/v2' })).to.throw('expected a podproof.recording/v1 document')
    expect(() => readRecording({ format: 'podproof.recording/v1', name: 'n' })).to.throw(
      'lacks cluster, startedAt',
    )
  })
})
