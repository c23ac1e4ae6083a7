// The leap clock: time moves by consent, and nobody else can move it or stop it for ever.

import { expect } from 'chai'
import { Latch } from '../../../src/time/latch.ts'
import { LeapClock } from '../../../src/time/leap.ts'
import type { ClockState, Stance } from '../../../src/time/client-clock.ts'
import { VirtualClock } from '../../../src/time/virtual.ts'
import { FakeWall, turns } from '../../support/fake-wall.ts'

const START_MS = 1_000_000

function leaping() {
  const wall = new FakeWall(START_MS)
  const virtual = new VirtualClock(START_MS)
  const stalls: ClockState[] = []
  const clock = new LeapClock({ virtual, wall, onStall: (state) => stalls.push(state) })
  const begin = (stance: Stance, client: string = stance, mostMs?: number) =>
    clock.begin({ client, what: `${client} ${stance}`, stance, ...(mostMs && { mostMs }) })
  const ran: number[] = []
  /** An event in the cluster so long after its start. */
  const event = (afterMs: number, run = () => {}) =>
    virtual.at(START_MS + afterMs, () => {
      ran.push(afterMs)
      run()
    })
  return { wall, virtual, clock, begin, event, ran, stalls, elapsed: () => clock.now() - START_MS }
}

describe('a leap clock without requests', () => {
  it('walks at the wall’s pace, however many events are due', async () => {
    const { wall, event, ran, elapsed } = leaping()
    for (const afterMs of [10, 20, 30_000]) event(afterMs)
    await wall.elapse(25)
    expect([ran, elapsed()]).to.deep.equal([[10, 20], 25])
  })

  it('leaps for whoever is inside pass, and walks on from there', async () => {
    const { wall, clock, event, elapsed } = leaping()
    event(30_000)
    expect(await clock.pass(new Latch(), START_MS + 40_000)).to.equal(false)
    expect(elapsed()).to.equal(40_000)
    await wall.elapse(7)
    expect(elapsed()).to.equal(40_007)
  })
})

describe('a call that consents', () => {
  it('makes time leap from event to event until it ends, without the wall', async () => {
    const { virtual, begin, event, ran } = leaping()
    const call = begin('consents')
    for (const afterMs of [1_000, 20_000]) event(afterMs)
    event(30_000, () => call.end())
    event(31_000)
    await turns()
    expect([ran, virtual.now() - START_MS]).to.deep.equal([[1_000, 20_000, 30_000], 30_000])
  })

  it('leaps an hour at most, whatever happens, and gets the wall’s pace then', async () => {
    const { wall, clock, begin, event, ran, elapsed } = leaping()
    begin('consents')
    for (const afterMs of [3_599_000, 3_600_000, 3_600_001]) event(afterMs)
    await turns()
    expect([ran, elapsed()]).to.deep.equal([[3_599_000, 3_600_000], 3_600_000])
    await wall.elapse(1)
    expect(ran).to.include(3_600_001)
    expect(clock.state().calls.map(({ stance }) => stance)).to.deep.equal(['listens'])
  })

  it('leaps no further than its own timeout', async () => {
    const { begin, event, elapsed } = leaping()
    begin('consents', 'wait', 30_000)
    event(40_000)
    await turns()
    expect(elapsed()).to.equal(30_000)
  })

  it('gets no new hour by changing its mind', async () => {
    const { begin, event, elapsed } = leaping()
    const call = begin('consents', 'exec', 60_000)
    event(50_000, () => call.become('listens'))
    await turns()
    call.become('consents')
    event(100_000)
    await turns()
    expect(elapsed()).to.equal(60_000)
  })

  it('waits while another request is in flight, and then goes on', async () => {
    const { begin, event, ran } = leaping()
    const ask = begin('asks')
    begin('consents')
    event(10)
    await turns()
    expect(ran, 'while the request is in flight').to.deep.equal([])
    ask.end()
    await turns()
    expect(ran, 'after it').to.deep.equal([10])
  })

  it('lets a request that arrives between two events see the cluster’s time between them', async () => {
    const { virtual, begin, event } = leaping()
    const seen: number[] = []
    begin('consents')
    event(10, () => setImmediate(() => seen.push(virtual.now() - START_MS)))
    event(11)
    await turns()
    expect(seen).to.deep.equal([10])
  })

  it('no longer moves time once its client is gone', async () => {
    const { wall, begin, event, ran, elapsed } = leaping()
    const call = begin('consents')
    event(10, () => call.end())
    event(60_000)
    await turns()
    await wall.elapse(500)
    expect([ran, elapsed()]).to.deep.equal([[10], 510])
  })
})

describe('a client that was told something', () => {
  it('has 50 ms to answer, in which time does not leap', async () => {
    const { wall, begin, event, ran } = leaping()
    const call = begin('consents')
    event(10, () => call.told())
    event(5_000)
    await wall.elapse(49)
    expect(ran, 'after 49 ms').to.deep.equal([10])
    await wall.elapse(2)
    expect(ran, 'after 51 ms').to.deep.equal([10, 5_000])
  })

  it('has as long as its process is busy, where the host shows it', async () => {
    const { wall, clock, event, ran } = leaping()
    let isBusy = true
    const client = { isQuiet: () => !isBusy }
    const call = clock.begin({ client: 'k', what: 'a wait', stance: 'consents', process: () => client })
    event(10, () => call.told())
    event(5_000)
    await wall.elapse(200)
    expect(ran, 'while it is busy').to.deep.equal([10])
    isBusy = false
    await wall.elapse(20)
    expect(ran, 'after that').to.deep.equal([10, 5_000])
  })

  it('is waited for half a second at most when its process is never quiet', async () => {
    const { wall, clock, event, ran } = leaping()
    const client = { isQuiet: () => false }
    const call = clock.begin({ client: 'k', what: 'a wait', stance: 'consents', process: () => client })
    event(10, () => call.told())
    event(5_000)
    await wall.elapse(499)
    expect(ran).to.deep.equal([10])
    await wall.elapse(20)
    expect(ran).to.deep.equal([10, 5_000])
  })

  const ANSWERS: Record<
    string,
    (clock: ReturnType<typeof leaping>, call: ReturnType<LeapClock['begin']>) => void
  > = {
    'bytes on its connection': (_, call) => call.heard(),
    'a request of the same client': ({ begin }) => begin('asks', 'kubectl').end(),
  }
  for (const [what, answer] of Object.entries(ANSWERS)) {
    it(`answers with ${what}`, async () => {
      const leap = leaping()
      const call = leap.begin('consents', 'kubectl')
      leap.event(10, () => call.told())
      leap.event(5_000)
      await turns()
      answer(leap, call)
      await turns()
      expect(leap.ran).to.deep.equal([10, 5_000])
    })
  }

  it('is not answered for by another client', async () => {
    const leap = leaping()
    const call = leap.begin('consents', 'kubectl')
    leap.event(10, () => call.told())
    leap.event(5_000)
    await turns()
    leap.begin('asks', 'somebody else').end()
    await turns()
    expect(leap.ran).to.deep.equal([10])
  })

  it('holds up leaps even if it only listens, and never the wall’s pace', async () => {
    const { wall, begin, event, ran } = leaping()
    const watch = begin('listens', 'get -w')
    event(10, () => watch.told())
    event(30)
    await wall.elapse(40)
    expect(ran).to.deep.equal([10, 30])
  })
})

describe('a call that listens', () => {
  it('gets the wall’s pace: no open watch drives time away', async () => {
    const { wall, begin, event, ran, elapsed } = leaping()
    begin('listens')
    event(60_000)
    await wall.elapse(1_000)
    expect([ran, elapsed()]).to.deep.equal([[], 1_000])
  })

  it('does not stop another from leaping', async () => {
    const { begin, event, ran } = leaping()
    begin('listens')
    const call = begin('consents')
    event(60_000, () => call.end())
    await turns()
    expect(ran).to.deep.equal([60_000])
  })
})

describe('a request in flight', () => {
  it('makes time stand still', async () => {
    const { wall, begin, event, ran, elapsed } = leaping()
    begin('asks')
    event(10)
    await wall.elapse(1_000)
    expect([ran, elapsed()]).to.deep.equal([[], 0])
  })

  it('cannot stop time for ever: after ten seconds it only listens', async () => {
    const { wall, begin, elapsed } = leaping()
    begin('asks')
    await wall.elapse(10_000)
    await wall.elapse(300)
    expect(elapsed()).to.equal(300)
  })

  it('is named, with its reason, when it stops time for more than five seconds', async () => {
    const { wall, begin, stalls } = leaping()
    begin('asks', 'upload')
    await wall.elapse(5_000)
    expect(stalls.map(({ motion, because }) => ({ motion, because }))).to.deep.equal([
      { motion: 'stands', because: ['upload asks is in flight'] },
    ])
  })
})

describe('the state of a leap clock', () => {
  it('says who holds it, what it waits for and when something is due', async () => {
    const { clock, begin, event } = leaping()
    event(7)
    const state = () => {
      const { motion, because, nextDueMs } = clock.state()
      return { motion, because, due: nextDueMs && nextDueMs - START_MS }
    }
    expect(state()).to.deep.equal({ motion: 'walks', because: [], due: 7 })
    const call = begin('consents', 'kubectl delete', 5)
    expect(state()).to.deep.equal({
      motion: 'leaps',
      because: ['kubectl delete consents waits for an end'],
      due: 5,
    })
    call.told()
    expect(state()).to.deep.equal({
      motion: 'stands',
      because: ['kubectl delete consents may answer what it was told'],
      due: 5,
    })
  })

  it('leaves no alarm behind when every call has ended', async () => {
    const { wall, clock, begin } = leaping()
    const calls = (['asks', 'consents', 'listens'] as const).map((stance) => begin(stance))
    for (const call of calls) call.told()
    for (const call of calls) call.end()
    await turns()
    expect([wall.alarms, clock.state().calls]).to.deep.equal([0, []])
  })
})

describe('an owned leap clock', () => {
  const program = (name: string, quiet = { isQuiet: true }) => ({ name, isQuiet: () => quiet.isQuiet })

  it('never walks: only the owner lets time pass', async () => {
    const { wall, clock, event, ran } = leaping()
    clock.own()
    event(10)
    await wall.elapse(1_000)
    expect(ran).to.deep.equal([])
    await clock.pass(new Latch(), START_MS + 20)
    expect(ran).to.deep.equal([10])
  })

  it('stands still while a program computes, however long its host takes', async () => {
    const { wall, virtual, clock, event, ran } = leaping()
    const kubectl = clock.own().started(program('kubectl get', { isQuiet: false }))
    event(10)
    void clock.pass(new Latch(), START_MS + 20)
    await wall.elapse(4_000)
    expect(ran, 'while it computes').to.deep.equal([])
    kubectl.exited()
    await turns()
    expect([ran, virtual.now() - START_MS], 'after it').to.deep.equal([[10], 20])
  })

  it('leaps while every program waits in a call of its own', async () => {
    const { virtual, clock, begin } = leaping()
    const owner = clock.own()
    owner.started(program('kubectl get -w'))
    owner.started(program('kubectl delete'))
    begin('listens', 'session 1')
    void clock.pass(new Latch(), START_MS + 20)
    await turns()
    expect(virtual.now() - START_MS, 'one of two waits').to.equal(0)
    begin('consents', 'session 2')
    await turns()
    expect(virtual.now() - START_MS, 'both wait').to.equal(20)
  })

  it('does not take two calls of one session for two programs that wait', async () => {
    const { virtual, clock, begin } = leaping()
    const owner = clock.own()
    owner.started(program('kubectl get -w'))
    owner.started(program('kubectl get'))
    begin('listens', 'session 1')
    begin('listens', 'session 1')
    void clock.pass(new Latch(), START_MS + 20)
    await turns()
    expect(virtual.now() - START_MS).to.equal(0)
  })

  it('waits for the answer of a program until the program is quiet, not for 50 ms', async () => {
    const { wall, virtual, clock, begin } = leaping()
    const quiet = { isQuiet: false }
    clock.own().started(program('kubectl wait', quiet))
    const call = begin('listens', 'session')
    call.told()
    void clock.pass(new Latch(), START_MS + 20)
    await wall.elapse(300)
    expect(virtual.now() - START_MS, 'while it computes').to.equal(0)
    quiet.isQuiet = true
    await wall.elapse(16 + 3 * 2)
    expect(virtual.now() - START_MS, 'once it is quiet').to.equal(20)
  })

  it('stands still once a program gives up on its own, until it has exited', async () => {
    const { wall, virtual, clock, begin } = leaping()
    const kubectl = clock.own().started(program('kubectl wait --timeout=2s'))
    const call = begin('consents', 'session')
    virtual.at(START_MS + 10, () => kubectl.givesUp())
    void clock.pass(new Latch(), START_MS + 20)
    await wall.elapse(2_000)
    expect(virtual.now() - START_MS, 'while it gives up').to.equal(10)
    call.end()
    kubectl.exited()
    await turns()
    expect(virtual.now() - START_MS, 'after its exit').to.equal(20)
  })

  it('walks with a program that sleeps on the wall between two tries', async () => {
    const { wall, virtual, clock, begin } = leaping()
    clock.own().started(program('kubectl logs -f'))
    void clock.pass(new Latch(), START_MS + 60_000)
    await wall.elapse(1_000)
    expect(clock.now() - START_MS).to.be.within(600, 700)
    begin('asks', 'session')
    const standsAtMs = virtual.now()
    await wall.elapse(200)
    expect(clock.now()).to.equal(standsAtMs)
  })

  it('has one owner at a time', () => {
    const { clock } = leaping()
    const owner = clock.own()
    expect(() => clock.own()).to.throw('the clock has an owner already')
    owner.release()
    expect(() => clock.own()).not.to.throw()
  })
})
