// A page against its own manifests.

import { expect } from 'chai'
import { inconsistencies } from '../../../src/transcript/consistency.ts'
import { readPage } from '../../../src/transcript/read.ts'

const MANIFEST = `apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  initContainers:
  - {name: proxy, image: nginx, restartPolicy: Always}
  - {name: setup, image: busybox}
  containers:
  - {name: one, image: nginx}
  - {name: two, image: nginx}
`

function findings(...rows: string[]): string[] {
  const page = [
    '```yaml\n' + MANIFEST + '```',
    '```console',
    '$ kubectl apply -f web.yaml',
    '$ kubectl get pods',
    'NAME   READY   STATUS   RESTARTS   AGE',
    ...rows,
    '```',
  ]
  return inconsistencies(readPage('page.md', page.join('\n'))).map(
    ({ lines, message }) => `${lines[0]?.text.trim().split(/\s+/)[1]}: ${message}`,
  )
}

describe('a row of a Pod', () => {
  it('agrees with the manifest: sidecars can be ready, all init containers are counted', () => {
    expect(findings('web    0/3     Init:1/2   0   3s', 'web    3/3     Running    0   9s')).to.deep.equal([])
  })

  it('cannot have more containers than the manifest', () => {
    expect(findings('web    2/4     Running    0   9s')).to.deep.equal([
      '2/4: web has 3 containers by its manifest on this page, not 4',
    ])
  })

  it('cannot have other init containers than the manifest', () => {
    expect(findings('web    0/3     Init:1/3   0   9s')).to.deep.equal([
      '0/3: web has 2 init containers by its manifest on this page, not 3',
    ])
  })

  it('may be of a Pod that the page does not describe', () => {
    expect(findings('api    0/9     Running    0   9s')).to.deep.equal([])
  })
})
