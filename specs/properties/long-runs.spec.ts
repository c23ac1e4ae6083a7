// Days of cluster time: what a node forgets, the simulator forgets too, and nothing grows with time.

import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect } from 'chai'
import type { Pod } from '../../src/pod/json.ts'
import type { Simulator } from '../../src/simulator/simulator.ts'
import { RESTLESS, clusterWith, runSeconds } from '../support/long-run.ts'

const SECONDS = 100_000
const MORE_SECONDS = 50_000
/**
 * More than noise: a few hundred changes of Events and Nodes of 1 to 3 KB, with which their watch windows still fill up. That of
 * Pods is full by then.
 */
const GROWTH_BYTES = 1_500_000

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

function heapBytes(): number {
  collectGarbage()
  return process.memoryUsage().heapUsed
}

/** What could pile up, and is bounded on a real node. */
function kept({ clock, store, nodes }: Simulator) {
  return {
    containers: nodes.flatMap((node) => node.containers()).length,
    events: store.list('events').length,
    scheduled: clock.pendingEvents,
  }
}

describe(`${SECONDS.toLocaleString('en')} seconds of`, () => {
  for (const { title, spec } of RESTLESS) {
    it(`${title} leave nothing behind that piles up`, function () {
      this.timeout(0)
      const cluster = clusterWith(spec)
      runSeconds(cluster, SECONDS)
      const [before, beforeBytes] = [kept(cluster), heapBytes()]
      runSeconds(cluster, MORE_SECONDS)
      const [after, afterBytes] = [kept(cluster), heapBytes()]
      // A sandbox, the running container and one dead one; Events live for an hour.
      expect(after.containers).to.be.at.most(3)
      expect(after.events).to.be.at.most(before.events + 2)
      expect(after.scheduled).to.be.at.most(before.scheduled + 2)
      expect(afterBytes - beforeBytes).to.be.below(GROWTH_BYTES)
      const pod = cluster.store.get('pods', { namespace: 'default', name: 'p' }) as Pod
      expect(pod.status?.phase).to.equal('Running')
      cluster.close()
    })
  }
})
