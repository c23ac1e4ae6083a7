// Latencies are drawn from the seed, inside the band that was measured.

import { expect } from 'chai'
import { draw, recordedTiming } from '../../../src/simulator/timing.ts'
import { Random } from '../../../src/time/random.ts'

describe('timing', () => {
  const latency = { leastMs: 10, medianMs: 20, mostMs: 90 }

  it('draws whole milliseconds inside the band, half of them below the median', () => {
    const random = new Random('timing')
    const draws = Array.from({ length: 1_000 }, () => draw(latency, random))
    expect(draws.every((ms) => Number.isInteger(ms) && ms >= 10 && ms <= 90)).to.equal(true)
    expect(draws.filter((ms) => ms < 20).length).to.be.within(400, 550)
  })

  it('draws the same for the same seed', () => {
    expect(draw(latency, new Random('a'))).to.equal(draw(latency, new Random('a')))
  })

  it('names no latency whose band is out of order', () => {
    const latencies = Object.values(recordedTiming).filter((value) => typeof value === 'object')
    expect(
      latencies.filter(({ leastMs, medianMs, mostMs }) => leastMs > medianMs || medianMs > mostMs),
    ).to.deep.equal([])
  })
})
