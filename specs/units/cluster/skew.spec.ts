// How far the clock of a cluster is from ours, by dates of whole seconds.

import { expect } from 'chai'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { kubeconfigCluster } from '../../../src/cluster/kubeconfig.ts'
import { skewMs } from '../../../src/cluster/skew.ts'
import { WallClock } from '../../../src/time/wall.ts'

const date = (ms: number) => new Date(ms).toUTCString()

describe('the skew of a cluster', () => {
  const at = Date.parse('2026-11-22T08:00:00.400Z')
  const sample = (aheadMs: number, tookMs: number, sentMs = at) => ({
    sentMs,
    receivedMs: sentMs + tookMs,
    date: date(Math.floor((sentMs + tookMs / 2 + aheadMs) / 1_000) * 1_000),
  })
  const cases: readonly (readonly [what: string, samples: Parameters<typeof skewMs>[0], expected: number])[] =
    [
      ['nothing, where the dates fit our clock', [sample(0, 20), sample(0, 30, at + 700)], 0],
      ['nothing, where no answer has a date', [{ sentMs: at, receivedMs: at + 5, date: undefined }], 0],
      ['nothing, where the dates contradict each other', [sample(-60_000, 10), sample(60_000, 10)], 0],
    ]
  for (const [what, samples, expected] of cases)
    it(`is ${what}`, () => {
      expect(skewMs(samples)).to.equal(expected)
    })

  for (const aheadMs of [-90_000, -4_321, 2_500, 3_600_000])
    it(`of ${aheadMs} ms is found to the second by one answer, and better by several`, () => {
      const once = skewMs([sample(aheadMs, 40)])
      const often = skewMs([0, 130, 370, 610, 890].map((ms) => sample(aheadMs, 40, at + ms)))
      expect(Math.abs(once - aheadMs)).to.be.at.most(540)
      expect(Math.abs(often - aheadMs)).to.be.at.most(200)
    })

  it('moves the clock of that cluster', async () => {
    const wall = new WallClock()
    const server = createServer((_request, response) => {
      response.writeHead(200, { date: date(wall.now() + 120_000), 'content-type': 'application/json' })
      response.end('{}')
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    const text = JSON.stringify({
      clusters: [{ name: 'c', cluster: { server: `http://127.0.0.1:${port}` } }],
      users: [{ name: 'u', user: { token: 't' } }],
      contexts: [{ name: 'ahead', context: { cluster: 'c', user: 'u' } }],
      'current-context': 'ahead',
    })
    const cluster = await kubeconfigCluster({ text })
    expect(cluster.clock.now() - wall.now()).to.be.within(118_500, 121_500)
    await cluster.close()
    server.close()
  })
})
