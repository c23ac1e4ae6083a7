// Images under names that a manifest uses and the simulator does not know.

import { expect } from 'chai'
import { alsoKnownAs } from '../../../src/simulator/images/also-known-as.ts'
import { ImageRegistry } from '../../../src/simulator/images/image-registry.ts'
import { images } from '../../../src/simulator/images/images.ts'
import { parseReference } from '../../../src/simulator/images/reference.ts'

describe('an image under another name', () => {
  it('runs what the image runs that it stands for', () => {
    const registry = new ImageRegistry(alsoKnownAs(images, { 'example.com/app:1': 'nginx:1.27' }))
    const [app, nginx] = ['example.com/app:1', 'nginx:1.27'].map((name) =>
      registry.find(parseReference(name)),
    )
    expect(app).to.include({ repository: 'example.com/app', tag: '1', files: nginx?.files })
  })

  it('must stand for one that the simulator has', () => {
    expect(() => alsoKnownAs(images, { 'example.com/app:1': 'postgres:17' })).to.throw(
      'example.com/app:1 is to run postgres:17, which the simulator does not have; it has registry.k8s.io/e2e-test-images/agnhost',
    )
  })
})
