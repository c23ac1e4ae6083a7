// Writing a history down.

import { readFileSync } from 'node:fs'
import { expect } from 'chai'
import { readRecording } from '../../../src/history/recording.ts'
import type { Recording } from '../../../src/history/recording.ts'
import { recordingText, writeRecording } from '../../../src/history/write-recording.ts'

const read = (name: string) => JSON.parse(readFileSync(`specs/recordings/${name}.json`, 'utf8')) as Recording

describe('history/write-recording', () => {
  for (const name of ['seed-a-vito-prestop', 'seed-b-init-services']) {
    it(`writes ${name} as it was read`, () => {
      const recording = read(name)
      const written = writeRecording(readRecording(recording))
      expect({ ...written, logs: [], pods: [] }).to.deep.equal({ ...recording, logs: [], pods: [] })
      const byContainer = (logs: Recording['logs']) =>
        logs.filter(({ lines }) => lines.length > 0).map(({ container, lines }) => ({ container, lines }))
      expect(byContainer(written.logs)).to.have.deep.members(byContainer(recording.logs))
    })

    it(`prints ${name} piece by piece as JSON.stringify does at once`, () => {
      const recording = read(name)
      const pieces = [...recordingText(recording)]
      expect(pieces.join('')).to.equal(`${JSON.stringify(recording, null, 1)}\n`)
      expect(pieces.length).to.be.above(recording.pods.length)
    })

    it(`computes the rows of ${name} that the cluster printed`, () => {
      const recording = read(name)
      const withoutAge = ({ pods }: Recording) => pods.map(({ at, row }) => ({ at, ...row, age: '' }))
      expect(withoutAge(writeRecording(readRecording(recording)))).to.deep.equal(withoutAge(recording))
    })
  }
})
