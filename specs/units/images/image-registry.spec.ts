// What registries give, and what they say when they do not.

import { expect } from 'chai'
import { FileSystem } from '../../../src/process/files.ts'
import { ImageRegistry, PullError } from '../../../src/simulator/images/image-registry.ts'
import { images } from '../../../src/simulator/images/images.ts'
import { parseReference } from '../../../src/simulator/images/reference.ts'
import { VirtualClock } from '../../../src/time/virtual.ts'

const registry = new ImageRegistry(images)
const pull = (text: string) => registry.pull(parseReference(text))

describe('a registry', () => {
  it('gives an image by its tag and by its digest', () => {
    const image = pull('busybox:1.28')
    expect(pull(`busybox@${image.digest}`)).to.equal(image)
  })

  const refusals: [string, RegExp][] = [
    ['nosuchrepo/nosuchimage:v1', /^failed to pull and unpack image "docker.io\/nosuchrepo\/nosuchimage:v1": failed to resolve image: pull access denied, repository does not exist/],
    ['busybox:nosuchtag', /^rpc error: code = NotFound desc = .*docker.io\/library\/busybox:nosuchtag: not found$/],
    ['invalid.registry.example/alpine:3.1', /dial tcp: lookup invalid.registry.example: no such host$/],
    ['localhost:5000/app:1', /dial tcp 127.0.0.1:5000: connect: connection refused$/],
  ] // prettier-ignore
  for (const [text, message] of refusals) {
    it(`refuses ${text} as containerd tells it`, () => {
      expect(() => pull(text)).to.throw(PullError, message)
    })
  }
})

describe('every image', () => {
  for (const { repository, tag } of images) {
    it(`${repository}:${tag} holds the program that it starts`, () => {
      const image = pull(`${repository}:${tag}`)
      const files = new FileSystem({ timers: new VirtualClock(0), layer: image.files() })
      const [program = ''] = [...(image.entrypoint ?? []), ...(image.cmd ?? [])]
      const path = (image.env['PATH'] ?? '').split(':')
      const places = program.startsWith('/') ? [program] : path.map((directory) => `${directory}/${program}`)
      expect(places.some((place) => files.exists(place))).to.equal(true)
    })
  }

  it('has a name of its own', () => {
    const names = images.map(({ repository, tag }) => `${repository}:${tag}`)
    expect(new Set(names).size).to.equal(names.length)
  })

  it('shares its id only with other names of the same version', () => {
    const latest = pull('busybox:latest').id
    expect(pull('busybox:1.37').id).to.equal(latest)
    expect(pull('busybox:1.28').id).not.to.equal(latest)
  })
})
