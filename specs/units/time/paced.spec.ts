// Paced clocks: cluster time is wall time times a constant.

import { expect } from 'chai'
import { Latch } from '../../../src/time/latch.ts'
import { PacedClock } from '../../../src/time/paced.ts'
import { VirtualClock } from '../../../src/time/virtual.ts'
import { FakeWall, turns } from '../../support/fake-wall.ts'

const START_MS = 1_000_000

function paced(speed: number) {
  const wall = new FakeWall(START_MS)
  const virtual = new VirtualClock(START_MS)
  return { wall, virtual, clock: new PacedClock({ virtual, wall, speed }) }
}

describe('a paced clock', () => {
  for (const speed of [0.5, 1, 10, 100]) {
    it(`reads the wall times ${speed}, from its start on`, async () => {
      const { wall, clock } = paced(speed)
      await wall.elapse(1_234)
      expect(clock.now() - START_MS).to.equal(1_234 * speed)
    })
  }

  it('runs every event at its own instant, in order, when the wall gets there', async () => {
    const { wall, virtual, clock } = paced(10)
    const ran: string[] = []
    for (const atMs of [20_000, 5, 300])
      clock.at(START_MS + atMs, () =>
        ran.push(`${virtual.now() - START_MS} at wall ${wall.now() - START_MS}`),
      )
    await wall.elapse(3_000)
    expect(ran).to.deep.equal(['5 at wall 1', '300 at wall 30', '20000 at wall 2000'])
  })

  it('is brought up to the present by a request, before the request is served', async () => {
    const { wall, virtual, clock } = paced(10)
    await wall.elapse(70)
    expect(virtual.now() - START_MS, 'before').to.equal(0)
    clock.begin({ client: 'a', what: 'GET /', stance: 'asks' })
    expect(virtual.now() - START_MS, 'as the request is served').to.equal(700)
  })

  it('does not stand still for a request, nor leap for a wait', async () => {
    const { wall, clock } = paced(2)
    clock.begin({ client: 'a', what: 'POST /', stance: 'asks' })
    clock.begin({ client: 'b', what: 'kubectl delete', stance: 'consents' })
    clock.at(START_MS + 60_000, () => {})
    await wall.elapse(1_000)
    expect(clock.now() - START_MS).to.equal(2_000)
  })

  it('releases who waits inside pass when the wall gets there, and at once when it comes true', async () => {
    const { wall, virtual, clock } = paced(100)
    const log: string[] = []
    const latch = new Latch()
    const note = (name: string) => (held: boolean) =>
      log.push(`${name} ${held} at ${virtual.now() - START_MS}`)
    void clock.pass(new Latch(), START_MS + 5_000).then(note('deadline'))
    void clock.pass(latch, START_MS + 60_000).then(note('latch'))
    await wall.elapse(60)
    latch.settle()
    await turns()
    expect(log).to.deep.equal(['deadline false at 5000', 'latch true at 5000'])
  })

  it('leaves time where it is once closed, and nothing behind', async () => {
    const { wall, virtual, clock } = paced(1)
    clock.at(START_MS + 500, () => {})
    await wall.elapse(100)
    clock.close()
    await wall.elapse(1_000)
    expect([virtual.now() - START_MS, wall.alarms]).to.deep.equal([100, 0])
  })

  for (const speed of [0, -1, Infinity, NaN]) {
    it(`refuses to go at ${speed}x`, () => {
      expect(() => paced(speed)).to.throw(RangeError, `a clock cannot go at ${speed}x`)
    })
  }
})
