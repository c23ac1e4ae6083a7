// Where images come from: the registries of the world, as far as they are modelled.

import type { Image } from './image.ts'
import type { ImageReference } from './reference.ts'

/** A registry does not give the image; the message is what containerd says about it. */
export class PullError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'PullError'
  }
}

/** The images that can be pulled. */
export class ImageRegistry {
  readonly #byName = new Map<string, Image>()
  readonly #repositories = new Set<string>()

  constructor(images: readonly Image[]) {
    for (const image of images) {
      this.#repositories.add(image.repository)
      this.#byName.set(`${image.repository}:${image.tag}`, image)
      if (image.digest) this.#byName.set(`${image.repository}@${image.digest}`, image)
    }
  }

  /** All images, in the order in which they were given. */
  get images(): readonly Image[] {
    return [...new Set(this.#byName.values())]
  }

  /** The image that a reference means, if there is one; a digest counts more than a tag. */
  find({ repository, tag, digest }: ImageReference): Image | undefined {
    return this.#byName.get(digest === undefined ? `${repository}:${tag}` : `${repository}@${digest}`)
  }

  /**
   * The image that a registry gives. Texts: recordings image-missing-repo and image-init-missing.
   * @throws PullError
   */
  pull(reference: ImageReference): Image {
    const image = this.find(reference)
    if (image) return image
    const { repository, canonical } = reference
    if (this.#repositories.has(repository)) {
      throw new PullError(
        `rpc error: code = NotFound desc = failed to pull and unpack image "${canonical}": failed to resolve image: ${canonical}: not found`,
      )
    }
    const host = repository.slice(0, repository.indexOf('/'))
    throw new PullError(
      `failed to pull and unpack image "${canonical}": failed to resolve image: ${refusalOf(host, repository, reference)}`,
    )
  }
}

/** What the registry of a repository that is not modelled answers. */
function refusalOf(host: string, repository: string, { tag, digest, canonical }: ImageReference): string {
  if (host === 'docker.io')
    return 'pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed'
  if (KNOWN_HOSTS.includes(host)) return `${canonical}: not found`
  const path = `${repository.slice(host.length)}/manifests/${digest ?? tag}`
  const lookup = /^(localhost|[\d.]+)(:|$)/.test(host)
    ? refusedText(host)
    : `dial tcp: lookup ${host.replace(/:\d+$/, '')}: no such host`
  return `failed to do request: Head "https://${host}/v2${path}": ${lookup}`
}

/** Registries that exist, and answer for what they do not have. */
const KNOWN_HOSTS = ['registry.k8s.io', 'ghcr.io', 'quay.io', 'gcr.io', 'mcr.microsoft.com', 'public.ecr.aws']

function refusedText(host: string): string {
  const port = /:(\d+)$/.exec(host)?.[1] ?? '443'
  return `dial tcp 127.0.0.1:${port}: connect: connection refused`
}
