// The images that lie on a node, by every name under which they were pulled.

import type { Image } from '../images/image.ts'
import type { ImageReference } from '../images/reference.ts'

/** An image on the node. */
export interface StoredImage {
  readonly image: Image
  /** The names by which it is known, oldest first; the API shows the first. */
  readonly names: readonly string[]
}

/** What the runtime keeps of images. An image that was pulled stays. */
export class ImageStore {
  readonly #byName = new Map<string, Image>()
  readonly #names = new Map<string, string[]>()

  constructor(images: readonly Image[] = []) {
    for (const image of images) this.add(`${image.repository}:${image.tag}`, image)
  }

  /** Keeps an image under the canonical name by which it was asked for. */
  add(name: string, image: Image): void {
    this.#byName.set(name, image)
    const names = this.#names.get(image.id) ?? []
    if (!names.includes(name)) this.#names.set(image.id, [...names, name])
  }

  /** The image of that name on this node. */
  find({ canonical, repository, digest }: ImageReference): StoredImage | undefined {
    const image = this.#byName.get(canonical) ?? (digest ? this.#byDigest(repository, digest) : undefined)
    return image && { image, names: this.#names.get(image.id) ?? [canonical] }
  }

  /** Whether the layers of an image are here, under whatever name. */
  holds({ id }: Image): boolean {
    return this.#names.has(id)
  }

  /** All images, as the status of the Node lists them. */
  get all(): readonly StoredImage[] {
    const images = new Map([...this.#byName.values()].map((image) => [image.id, image]))
    return [...images.values()].map((image) => ({ image, names: this.#names.get(image.id) ?? [] }))
  }

  #byDigest(repository: string, digest: string): Image | undefined {
    return [...this.#byName.values()].find(
      (image) => image.repository === repository && image.digest === digest,
    )
  }
}
