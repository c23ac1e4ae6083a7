// How far our API server agrees with a real one, exchange by exchange. The floors only rise.

import { expect } from 'chai'
import { theme } from './golden/exchanges.ts'
import { agreement, replay } from './golden/replay.ts'

/**
 * Exchanges of each theme that agree in status and body; of "patches" in the owners of fields, too. What needs a node or
 * an authoriser is not compared.
 */
const FLOORS: Readonly<Record<string, number>> = {
  defaulting: 155,
  deletes: 362,
  discovery: 74,
  errors: 155,
  'invalid-pods': 356,
  lists: 483,
  patches: 147,
  'pod-updates': 179,
  watches: 101,
}

describe('The API server, beside a real one', () => {
  for (const [name, floor] of Object.entries(FLOORS)) {
    it(`answers at least ${floor} recorded exchanges of "${name}" alike`, function () {
      const recorded = theme(name)
      if (!recorded) return this.skip()
      const { agree } = agreement(replay(recorded))
      expect(agree).to.be.at.least(floor)
    })
  }
})
