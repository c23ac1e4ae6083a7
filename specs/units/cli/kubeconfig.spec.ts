// Claims on a cluster behind a kubeconfig, here a simulator that another process serves: the namespace is always removed.

import { expect } from 'chai'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { kubeconfigCluster } from '../../../src/cluster/kubeconfig.ts'
import { projectOf, specOf } from './fixtures.ts'
import { printed, startPodproof } from './run.ts'

describe('podproof test on a cluster behind a kubeconfig', function () {
  this.timeout(180_000)
  let project: ReturnType<typeof projectOf>
  let file = ''
  let server: ChildProcess | undefined

  before(async () => {
    project = projectOf({
      'a.spec.ts': specOf("expectPod('p').toShowStatus('Pending')"),
      'b.spec.ts': specOf("expectPod('p').toStay('Pending').for('10m')"),
    })
    file = join(project.folder, 'kubeconfig')
    server = startPodproof(['simulate', '--kubeconfig', file], { cwd: project.folder })
    await printed(server, 'Ctrl-C ends it')
  })
  after(async () => {
    if (server?.exitCode === null) {
      const ended = once(server, 'exit')
      server.kill('SIGINT')
      await ended
    }
    project.remove()
  })

  it('removes the namespaces of its tests, also after Ctrl-C', async () => {
    const child = startPodproof(['test', 'a.spec.ts', 'b.spec.ts', '--cluster', 'kubeconfig'], {
      cwd: project.folder,
      env: { KUBECONFIG: file },
    })
    const ended = once(child, 'exit')
    await printed(child, '✔ waits')
    expect(await ownNamespaces(file)).not.to.equal(0)
    child.kill('SIGINT')
    expect(await ended).to.deep.equal([130, null])
    expect(await ownNamespaces(file)).to.equal(0)
  })
})

/** How many namespaces of tests are there that nobody has deleted. */
async function ownNamespaces(file: string): Promise<number> {
  const cluster = await kubeconfigCluster({ file })
  try {
    const { body } = await cluster.request('GET', '/api/v1/namespaces', undefined, {
      query: { labelSelector: 'podproof.dev/test=true' },
    })
    const { items } = body as {
      readonly items: readonly { readonly metadata: { readonly deletionTimestamp?: string } }[]
    }
    return items.filter(({ metadata }) => metadata.deletionTimestamp === undefined).length
  } finally {
    await cluster.close()
  }
}
