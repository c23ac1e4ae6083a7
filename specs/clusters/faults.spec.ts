// A bad network between podproof and the cluster changes no verdict, and nothing is left behind.

import { expect } from 'chai'
import { kubeconfigCluster } from '../../src/cluster/kubeconfig.ts'
import { apply } from '../../src/expect/actions/apply.ts'
import { deleteObject } from '../../src/expect/actions/delete.ts'
import { closeSession } from '../../src/expect/close-session.ts'
import { enterSession } from '../../src/expect/current.ts'
import { expectPod } from '../../src/expect/expect-pod.ts'
import { openSession } from '../../src/expect/open-session.ts'
import type { Session } from '../../src/expect/session.ts'
import { startFaultProxy } from '../support/fault-proxy.ts'
import { restartableApi } from '../support/restartable-api.ts'
import type { RestartableApi } from '../support/restartable-api.ts'

const RUNS = process.env['PODPROOF_FULL'] === '1' ? 200 : 20
const PERCENT = 15

describe('claims through a bad network', function () {
  this.timeout(RUNS * 30_000)

  it(`get the right verdicts in ${RUNS} of ${RUNS} runs, and leave nothing behind`, async () => {
    const wrong: string[] = []
    const played = new Set<string>()
    for (let run = 1; run <= RUNS; run++) {
      const seed = `run ${run}`
      const api = await restartableApi(seed)
      const proxy = await startFaultProxy({ upstreamPort: api.port, seed, percent: PERCENT })
      try {
        await throughFaults(api, proxy.port)
        if (api.leftNamespaces().length > 0) wrong.push(`${seed}: left ${api.leftNamespaces().join(', ')}`)
      } catch (error) {
        wrong.push(`${seed}: ${String(error)}`)
      } finally {
        for (const fault of proxy.counts.keys()) played.add(fault)
        await proxy.close()
        await api.close()
      }
    }
    expect(wrong).to.deep.equal([])
    expect([...played]).to.include.members(['cut-after', 'cut-before', 'server-error', 'truncate'])
  })
})

/** Claims that hold, one that does not, and a restart of the server between. */
async function throughFaults(api: RestartableApi, port: number): Promise<void> {
  const cluster = await kubeconfigCluster({ text: api.kubeConfigAt(port) })
  const session = await openSession({ cluster, title: 'through faults' })
  const before = enterSession(session)
  try {
    await initContainersInOrder(session)
    await api.restart()
    await deletionAfterItsHook(session)
    await claimThatIsWrong()
  } finally {
    enterSession(before)
    await closeSession(session)
    await cluster.close()
  }
}

async function initContainersInOrder(session: Session): Promise<void> {
  await apply(session, 'specs/manifests/init-sequence.yaml')
  const name = 'init-sequence'
  await expectPod(name).toShowStatus('Running')
}

async function deletionAfterItsHook(session: Session): Promise<void> {
  await apply(session, 'specs/manifests/term-handled.yaml')
  await expectPod('term-handled').toBeReady()
  await deleteObject(session, 'pod/term-handled')
  await expectPod('term-handled').container('main').toLog('after the hook', 'got TERM')
  await expectPod('term-handled').container('main').toExitWith(3, { reason: 'Error' })
  await expectPod('term-handled').toBeDeleted({ atLeast: '4s', atMost: '12s' })
}

async function claimThatIsWrong(): Promise<void> {
  const verdict = await expectPod('init-sequence')
    .toShowStatus('Completed', { within: '20s' })
    .then(
      () => 'held',
      (error: Error) => error.name,
    )
  expect(verdict).to.equal('ClaimFailure')
}
