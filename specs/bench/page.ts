// The lives of the page's two Pods, each once from its creation to its end, in a process that has only imported podproof.

import { closeSession, cluster, enterSession, expectPod, openSession, simulatorCluster } from 'podproof'
import { inSeconds, measured } from './measure.ts'
import type { Measure } from './measure.ts'

export const page: Measure = {
  name: 'page',
  async run() {
    const took = await measured(async () => {
      await live('vito-demo-po-nginx', nginxWithHooks)
      await live('myapp-pod', podThatWaitsForServices)
    })
    return [{ label: "the page's two lifecycles, cold, after import", value: inSeconds(took) }]
  },
}

/** Plays a life on a cluster of its own, as a test does. */
async function live(title: string, life: () => Promise<void>): Promise<void> {
  const simulated = simulatorCluster({ seed: 'page' })
  const session = await openSession({ cluster: simulated, title })
  enterSession(session)
  await life()
  enterSession(undefined)
  await closeSession(session)
  await simulated.close()
}

async function nginxWithHooks(): Promise<void> {
  const pod = expectPod('vito-demo-po-nginx')
  await cluster.apply('specs/manifests/vito-demo-po-nginx.yaml')
  await pod.toShowStatus('Running', { ready: '1/1', restarts: 0 })
  await pod.exec('cat', '/info.log').toPrint('postStart...')
  await cluster.delete('pod/vito-demo-po-nginx')
  await pod.toShowStatus('Terminating', { ready: '1/1' })
  await pod.toBeDeleted({ atLeast: '20s', atMost: '31s' }).because('preStop')
}

async function podThatWaitsForServices(): Promise<void> {
  const pod = expectPod('myapp-pod')
  await cluster.apply('specs/manifests/myapp-pod.yaml')
  await pod.toShowStatus('Init:0/2', { ready: '0/1' })
  await cluster.apply('specs/manifests/myservice.yaml')
  await pod.toShowStatus('Init:1/2', { ready: '0/1' })
  await cluster.apply('specs/manifests/mydb.yaml')
  await pod.toShowInOrder('PodInitializing', { status: 'Running', ready: '1/1' })
  await cluster.delete('pod/myapp-pod')
  await pod.toBeDeleted()
}
