// Durations are read and written as Go and Kubernetes do.

import { expect } from 'chai'
import { existsSync, readFileSync } from 'node:fs'
import {
  formatDuration,
  humanDuration,
  parseDuration,
  shortHumanDuration,
} from '../../../src/time/duration.ts'

describe('durations', () => {
  const texts: readonly (readonly [string, number, string])[] = [
    ['10s', 10_000, '10s'],
    ['1m30s', 90_000, '1m30s'],
    ['200ms', 200, '200ms'],
    ['1h', 3_600_000, '1h0m0s'],
    ['1.234s', 1_234, '1.234s'],
    ['-1.5h', -5_400_000, '-1h30m0s'],
    ['+.5s', 500, '500ms'],
    ['0', 0, '0s'],
    ['1500us', 1.5, '1.5ms'],
    ['250µs', 0.25, '250µs'],
    ['7ns', 0.000007, '7ns'],
  ]
  for (const [text, ms, canonical] of texts) {
    it(`reads ${text} as ${ms} ms and writes it as ${canonical}`, () => {
      expect(parseDuration(text)).to.be.closeTo(ms, 1e-9)
      expect(formatDuration(ms)).to.equal(canonical)
    })
  }

  const mistakes: readonly (readonly [string, string])[] = [
    ['', 'time: invalid duration ""'],
    ['ten', 'time: invalid duration "ten"'],
    ['10', 'time: missing unit in duration "10"'],
    ['10x', 'time: unknown unit "x" in duration "10x"'],
    ['1m30', 'time: missing unit in duration "1m30"'],
  ]
  for (const [text, message] of mistakes) {
    it(`refuses ${JSON.stringify(text)} in Go's words`, () => {
      expect(() => parseDuration(text)).to.throw(message)
    })
  }
})

interface DurationCase {
  readonly nanoseconds: number
  readonly want: string
}

describe("the table of Kubernetes' own duration tests", () => {
  const path = new URL('../../../../shared/kubernetes/cases/human-duration-cases.json', import.meta.url)

  it('holds for HumanDuration (47) and ShortHumanDuration (19)', function () {
    if (!existsSync(path)) return this.skip() // the reference material lies beside the repository, not in it
    const cases = JSON.parse(readFileSync(path, 'utf8')) as Record<
      'HumanDuration' | 'ShortHumanDuration',
      DurationCase[]
    >
    const got = (list: DurationCase[], write: (ms: number) => string) =>
      list.map((c) => write(c.nanoseconds / 1e6))
    const wanted = (list: DurationCase[]) => list.map((c) => c.want)
    expect(cases.HumanDuration).to.have.length(47)
    expect(got(cases.HumanDuration, humanDuration)).to.deep.equal(wanted(cases.HumanDuration))
    expect(cases.ShortHumanDuration).to.have.length(19)
    expect(got(cases.ShortHumanDuration, shortHumanDuration)).to.deep.equal(wanted(cases.ShortHumanDuration))
  })
})
