// Further names for images: a manifest names an application, and the simulator runs an image that it has.

import type { Image } from './image.ts'
import { ImageRegistry } from './image-registry.ts'
import { parseReference } from './reference.ts'

/** A name that stands for no image of the simulator. */
export class UnknownImageError extends Error {
  constructor(name: string, image: string, images: readonly Image[]) {
    const repositories = [...new Set(images.map(({ repository }) => repository))]
    super(`${name} is to run ${image}, which the simulator does not have; it has ${repositories.join(', ')}`)
    this.name = 'UnknownImageError'
  }
}

/** The images, and each of `names` beside them: `{ 'example.com/app:1': 'nginx:1.27' }`. Throws UnknownImageError. */
export function alsoKnownAs(
  images: readonly Image[],
  names: Readonly<Record<string, string>>,
): readonly Image[] {
  const registry = new ImageRegistry(images)
  const others = Object.entries(names).map(([name, image]) => {
    const found = registry.find(parseReference(image))
    if (!found) throw new UnknownImageError(name, image, images)
    const { repository, tag = found.tag } = parseReference(name)
    return { ...found, repository, tag }
  })
  return [...images, ...others]
}
