// What a spec does to its cluster, on a simulator.

import { expect } from 'chai'
import { cluster } from '../../../src/expect/cluster.ts'
import { expectApply } from '../../../src/expect/expect-apply.ts'
import { expectObject } from '../../../src/expect/expect-object.ts'
import { expectPod } from '../../../src/expect/expect-pod.ts'
import { expectService } from '../../../src/expect/expect-service.ts'
import { Latch } from '../../../src/time/latch.ts'
import { failureOf } from '../../support/replayed.ts'
import { onSimulator } from '../../support/simulated.ts'

const configMap = (name: string, data: Readonly<Record<string, string>> = {}) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name },
  data,
})

const MISSPELT = `
apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
    - name: web
      image: nginx:1.27
      imagePulPolicy: Never
`

describe('expect/actions', () => {
  it('applies texts, files and objects in the namespace of the test', () =>
    onSimulator('applying', async ({ namespace }) => {
      await cluster.apply([
        configMap('a'),
        'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: b, namespace: default}\n',
      ])
      await cluster.apply('specs/manifests/myservice.yaml')
      expect(
        cluster.history.timelines('ConfigMap').map(({ last }) => last?.object.metadata.namespace),
      ).to.deep.equal([namespace, namespace, namespace])
      await expectService('myservice').toHaveEndpoints(0)
    }))

  it('creates nothing of a manifest of which one object is refused', () =>
    onSimulator('half', async () => {
      const failure = await failureOf(cluster.apply([configMap('good'), MISSPELT]))
      expect(failure.message)
        .to.include('manifest:2')
        .and.to.include('unknown field "spec.containers[0].imagePulPolicy"')
      const missing = await failureOf(expectObject('ConfigMap', 'good').toExist({ within: '1s' }))
      expect(missing.message).to.include('Received  no ConfigMap of that name')
    }))

  it('changes what exists, and later claims see nothing older', () =>
    onSimulator('changing', async () => {
      await cluster.apply(configMap('a', { key: 'old' }))
      await expectObject('ConfigMap', 'a').toMatch({ data: { key: 'old' } })
      await cluster.apply(configMap('a', { key: 'new' }))
      const failure = await failureOf(
        expectObject('ConfigMap', 'a').toMatch({ data: { key: 'old' } }, { within: '1s' }),
      )
      expect(failure.message).to.include("Received  data.key is 'new'")
    }))

  it('patches and deletes objects by their short names', () =>
    onSimulator('deleting', async () => {
      await cluster.apply(configMap('a'))
      await cluster.patch('cm/a', { data: { key: 'patched' } })
      await expectObject('ConfigMap', 'a').toMatch({ data: { key: /^pat/ } })
      await cluster.delete('cm/a')
      await expectObject('ConfigMap', 'a').toBeDeleted()
    }))

  it('takes note of every action as the command that does the same', async () => {
    const { history } = await onSimulator('noting', async () => {
      await cluster.apply('specs/manifests/mydb.yaml')
      await cluster.delete('svc/mydb')
    })
    expect(history.commands.map(({ command, stdout }) => `${command} > ${stdout}`)).to.deep.equal([
      'kubectl apply -f specs/manifests/mydb.yaml > service/mydb created\n',
      'kubectl delete svc/mydb --wait=false > service "mydb" deleted\n',
    ])
  })

  it('runs commands in Pods, and answers with what they print and how they end', () =>
    onSimulator('running', async () => {
      await cluster.apply('specs/manifests/term-ignored.yaml')
      await expectPod('term-ignored').toBeReady()
      const output = await cluster.exec('pod/term-ignored', ['sh', '-c', 'cat; echo done >&2; exit 4'], {
        stdin: 'in',
      })
      expect(output).to.deep.equal({ stdout: 'in', stderr: 'done\n', exitCode: 4 })
      const failure = await failureOf(cluster.exec('pod/term-ignored', ['sleep', '60'], { within: '2s' }))
      expect(failure.message).to.equal('sleep 60 in pod/term-ignored has not ended after 2s')
    }))

  it('leaves objects alone that are not the test’s', () =>
    onSimulator('foreign', async () => {
      const elsewhere = { ...configMap('a'), metadata: { name: 'a', namespace: 'kube-system' } }
      const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'other' } }
      for (const [manifest, message] of [
        [elsewhere, 'a test has one namespace of its own, which manifests call "default", not "kube-system"'],
        [namespace, 'a Namespace belongs to the whole cluster'],
      ] as const) {
        expect((await failureOf(cluster.apply(manifest))).message).to.include(message)
      }
    }))

  it('holds when the server refuses what it should', () =>
    onSimulator('refusing', async () => {
      await expectApply(MISSPELT).toBeRejected(/unknown field "spec.containers\[0\].imagePulPolicy"/)
      const failure = await failureOf(expectApply(configMap('a')).toBeRejected())
      expect(failure.message).to.include('Received  it was accepted')
    }))

  it('removes its namespace at the end', async () => {
    const { cluster: used, namespace } = await onSimulator('ending', async () => {
      await cluster.apply(configMap('a'))
    })
    await used.clock.pass(new Latch(), used.clock.now() + 60_000)
    expect((await used.request('GET', `/api/v1/namespaces/${namespace}`)).status).to.equal(404)
  })
})
