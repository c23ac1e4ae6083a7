// Durations of recorded Pods, as a report lists them.

import { expect } from 'chai'
import { claimedDuration, observedDurations } from '../../../src/report/duration-report.ts'
import { durationSentence, longestOf, segmentSeconds } from '../../../src/report/duration-words.ts'
import { textBars } from '../../../src/report/waterfall.ts'
import { hasRecordings, recording, recordingNames } from '../why/recordings.ts'

describe('a duration in a report', () => {
  it('says what was claimed of it, and why', () => {
    const duration = {
      label: 'delete p',
      pod: 'p',
      from: 0,
      to: 1,
      ms: 1,
      claimed: true,
      held: true,
      segments: [],
    }
    const sentences = [
      { ...duration, atLeastMs: 20_000, cause: 'preStop' },
      { ...duration, atLeastMs: 20_000, atMostMs: 31_000, cause: 'preStop' },
      { ...duration, atMostMs: 90_000 },
      { ...duration, cause: 'preStop' },
      duration,
    ].map(durationSentence)
    expect(sentences).to.deep.equal([
      'delete p takes ≥20s due to preStop',
      'delete p takes ≥20s due to preStop, ≤31s',
      'delete p takes ≤1m30s',
      'delete p due to preStop',
      'delete p',
    ])
  })

  it('draws each segment where its time lies, and the shortest as a sliver', () => {
    const at = (from: number, to: number) =>
      ({
        step: 'running',
        label: '',
        from,
        to,
        ms: to - from,
        source: 'watch',
        leastMs: 0,
        mostMs: 0,
      }) as const
    expect(textBars([at(500, 501), at(501, 750), at(750, 1_500)], 8)).to.deep.equal(['▏', '██', '  ██████'])
  })

  it('says how exact it is', () => {
    const segment = {
      step: 'TERM',
      label: '',
      from: 0,
      to: 205,
      ms: 205,
      source: 'kubelet timestamp',
    } as const
    expect(segmentSeconds({ ...segment, leastMs: 205, mostMs: 205 })).to.equal('0.205s')
    expect(segmentSeconds({ ...segment, leastMs: 0, mostMs: 411 })).to.equal('0.2s ±0.2s')
  })
})

describe('the durations of a recorded history', () => {
  before(function () {
    if (!hasRecordings) this.skip() // The recordings of the real cluster lie beside the repository.
  })

  it('name the step in which most time was spent', () => {
    const history = recording('seed-b-init-services')
    const mostly = observedDurations(history).map(({ label, segments }) => [
      label,
      longestOf(segments)?.label,
    ])
    expect(mostly).to.deep.equal([
      ['start myapp-pod', 'init container (init-mydb)'],
      ['delete myapp-pod', 'TERM ignored until KILL (myapp-container)'],
    ])
  })

  it('add up, in every recording', () => {
    for (const name of recordingNames()) {
      for (const { ms, segments } of observedDurations(recording(name))) {
        expect(
          segments.reduce((sum, segment) => sum + segment.ms, 0),
          name,
        ).to.equal(ms)
      }
    }
  })

  it('attribute a claimed deletion to its longest segment', () => {
    const history = recording('seed-a-vito-prestop')
    const { startedAtMs } = history.facts
    const interval = { label: 'delete', fromMs: startedAtMs + 5_734, toMs: startedAtMs + 26_567 }
    const duration = claimedDuration(history, 'vito-demo-po-nginx', { ...interval, atLeastMs: 20_000 }, true)
    expect(duration).to.include({ from: 5_734, to: 26_567, ms: 20_833, claimed: true })
    expect(longestOf(duration.segments)?.label).to.equal('preStop (nginx)')
  })
})
