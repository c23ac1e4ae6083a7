// Claims in comments: read as literal calls, judged as sentences, never evaluated.

import { expect } from 'chai'
import { simulatorCluster } from '../../../src/cluster/simulator.ts'
import { openSession } from '../../../src/expect/open-session.ts'
import { judgeClaim } from '../../../src/transcript/claim/judge.ts'

const POD = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'web' },
  spec: { containers: [{ name: 'main', image: 'nginx' }] },
}

/** What is wrong with each claim, its first line; `holds` where nothing is. */
async function judged(...claims: string[]): Promise<string[]> {
  const cluster = simulatorCluster({ seed: claims.join() })
  const session = await openSession({ cluster, title: 'claims of a page' })
  const told: string[] = []
  try {
    await session.request('POST', `/api/v1/namespaces/${session.namespace}/pods`, POD)
    for (const claim of claims) told.push((await judgeClaim(claim, session))?.split('\n')[0] ?? 'holds')
    return told
  } finally {
    session.stop()
    await cluster.close()
  }
}

describe('a claim in a comment', () => {
  it('holds where the sentence does', async () => {
    expect(
      await judged("expectPod('web').toShowStatus('Running')", "expectPod('web').toBeReady()"),
    ).to.deep.equal(['holds', 'holds'])
  })

  it('fails with the words of the sentence', async () => {
    expect(await judged("expectPod('web').toShowStatus('Completed')")).to.deep.equal([
      "expectPod('web').toShowStatus('Completed') failed",
    ])
  })

  const UNREADABLE: readonly [claim: string, problem: RegExp][] = [
    ["expectPod('web').toBeRedy()", /did you mean "toBeReady"/],
    ["expectPod('web')", /says nothing/],
    ['process.exit(1)', /no sentence has the word "process"/],
    ["expectPod('web').constructor('return 1')()", /no sentence has the word "constructor"|cannot be read/],
    ["expectPod(require('fs'))", /cannot be read/],
    ['expectPod(`web`)', /cannot be read|says nothing/],
    ["expectApply('/etc/passwd').toBeRejected()", /no sentence has the word "expectApply"/],
  ]
  for (const [claim, problem] of UNREADABLE) {
    it(`is no program: ${claim}`, async () => {
      const [told] = await judged(claim)
      expect(told).to.match(problem)
    })
  }
})
