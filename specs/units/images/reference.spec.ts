// References to images, read as a container runtime reads them.

import { expect } from 'chai'
import { parseReference, ReferenceError } from '../../../src/simulator/images/reference.ts'

describe('an image reference', () => {
  const cases: [string, string][] = [
    ['busybox', 'docker.io/library/busybox:latest'],
    ['busybox:1.28', 'docker.io/library/busybox:1.28'],
    ['bitnami/redis', 'docker.io/bitnami/redis:latest'],
    ['docker.io/nginx', 'docker.io/library/nginx:latest'],
    ['registry.k8s.io/pause:3.10', 'registry.k8s.io/pause:3.10'],
    ['localhost:5000/app', 'localhost:5000/app:latest'],
    [`nginx@sha256:${'a'.repeat(64)}`, `docker.io/library/nginx@sha256:${'a'.repeat(64)}`],
  ]
  for (const [text, canonical] of cases) {
    it(`${text} means ${canonical}`, () => expect(parseReference(text).canonical).to.equal(canonical))
  }

  it('with capitals is refused in the words of the recording image-invalid-name', () => {
    const message = 'invalid reference format: repository name (library/BusyBox) must be lowercase'
    expect(() => parseReference('BusyBox:UPPER:bad')).to.throw(ReferenceError, message)
  })

  for (const text of ['', 'a b', 'nginx:', 'nginx@sha256:12', '-x']) {
    it(`${JSON.stringify(text)} is none`, () => {
      expect(() => parseReference(text)).to.throw(ReferenceError, 'invalid reference format')
    })
  }
})
