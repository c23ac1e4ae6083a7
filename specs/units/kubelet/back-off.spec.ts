// Waiting longer and longer.

import { expect } from 'chai'
import { BackOff } from '../../../src/simulator/kubelet/back-off.ts'

const crash = () => new BackOff({ initialMs: 10_000, maxMs: 300_000, resetAfterMs: 600_000 })

describe('a crash back-off', () => {
  it('has nothing to wait for the first time', () => {
    expect(crash().endsAt('c', 0)).to.equal(undefined)
  })

  it('doubles from 10 s to 5 min, counted from the end of the last instance', () => {
    const backOff = crash()
    const delays = [0, 1, 2, 3, 4, 5, 6].map((instance) => {
      backOff.next('c', instance, instance)
      return (backOff.endsAt('c', 1_000) ?? 0) - 1_000
    })
    expect(delays).to.deep.equal([10_000, 20_000, 40_000, 80_000, 160_000, 300_000, 300_000])
  })

  it('begins anew for an instance that has run for more than ten minutes', () => {
    const backOff = crash()
    backOff.next('c', 0, 0)
    backOff.next('c', 0, 0)
    expect(backOff.endsAt('c', 600_001)).to.equal(undefined)
    backOff.next('c', 600_001, 600_001)
    expect(backOff.delayMs('c')).to.equal(10_000)
  })
})
