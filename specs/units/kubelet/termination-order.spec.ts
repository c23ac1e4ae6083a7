// Who ends before whom.

import { expect } from 'chai'
import type { Pod } from '../../../src/pod/json.ts'
import { TerminationOrder } from '../../../src/simulator/kubelet/termination-order.ts'
import { start } from '../../../src/simulator/kubelet/work.ts'
import { VirtualClock } from '../../../src/time/virtual.ts'

const always = (name: string) => ({ name, restartPolicy: 'Always' })
const pod: Pod = {
  spec: { containers: [{ name: 'main' }], initContainers: [always('first'), always('second')] },
}

/** Lets `seconds` pass, and answers whose turn came, in order. */
function turns(act: (order: TerminationOrder) => void, seconds: number): string[] {
  const clock = new VirtualClock(0)
  const order = new TerminationOrder(clock, pod, ['main', 'first', 'second'])
  const log: string[] = []
  for (const name of ['first', 'second', 'main']) {
    start(order.turnOf(name, 30), (waited) => log.push(`${name} after ${waited}s`))
  }
  clock.at(1_500, () => act(order))
  while (clock.step(seconds * 1_000));
  return log
}

describe('at the end of a pod', () => {
  it('regular containers go at once, and sidecars wait for them', () => {
    expect(turns(() => {}, 2)).to.deep.equal(['main after 0s'])
  })
  it('the last sidecar goes when the regular containers have ended', () => {
    expect(turns((order) => order.ended('main'), 2)).to.deep.equal(['main after 0s', 'second after 1s'])
  })
  it('the first sidecar goes when the ones behind it have ended', () => {
    const all = turns((order) => {
      order.ended('main')
      order.ended('second')
    }, 2)
    expect(all).to.have.members(['main after 0s', 'second after 1s', 'first after 1s'])
  })
  it('nobody waits longer than his grace', () => {
    expect(turns(() => {}, 31)).to.deep.equal(['main after 0s', 'first after 30s', 'second after 30s'])
  })
})
