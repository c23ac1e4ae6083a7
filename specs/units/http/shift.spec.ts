// Ages that kubectl computes on its own clock come out as the cluster has them.

import { expect } from 'chai'
import { assert, integer, property } from 'fast-check'
import { shifted } from '../../../src/simulator/api/http/shift.ts'

const CLUSTER_MS = Date.parse('2026-03-01T12:00:30.900Z')
const WALL_MS = Date.parse('2026-11-24T21:00:00.950Z')

describe('shifted timestamps', () => {
  it('move by wall minus cluster time, in every object and list', () => {
    const value = {
      metadata: { creationTimestamp: '2026-03-01T12:00:00Z', name: 'p' },
      items: [{ at: null, count: 2 }],
    }
    expect(shifted(value, { clusterMs: CLUSTER_MS, wallMs: WALL_MS })).to.deep.equal({
      metadata: { creationTimestamp: '2026-11-24T20:59:30.930Z', name: 'p' },
      items: [{ at: null, count: 2 }],
    })
  })

  it('keep the six digits that a MicroTime is read with', () => {
    const time = shifted('2026-03-01T12:00:30.123456Z', { clusterMs: CLUSTER_MS, wallMs: WALL_MS })
    expect(time).to.match(/^2026-11-24T21:00:00\.\d{6}Z$/)
  })

  it('give the cluster’s age in whole seconds to a client that looks up to 900 ms later', () => {
    const instants = integer({ min: CLUSTER_MS, max: CLUSTER_MS + 100_000_000 })
    const second = integer({ min: 0, max: 100_000 })
    assert(
      property(
        instants,
        instants,
        second,
        integer({ min: 0, max: 900 }),
        (clusterMs, wallMs, seconds, delayMs) => {
          const atMs = Math.floor(clusterMs / 1000 - seconds) * 1000
          const text = new Date(atMs).toISOString().replace('.000Z', 'Z')
          const time = Date.parse(shifted(text, { clusterMs, wallMs }) as string)
          expect(Math.floor((wallMs + delayMs - time) / 1000)).to.equal(Math.floor((clusterMs - atMs) / 1000))
        },
      ),
    )
  })
})
