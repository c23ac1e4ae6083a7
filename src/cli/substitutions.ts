// Reads which image is to stand for another one: --image nginx:1.7.9=nginx:1.27.

import { UsageError } from './usage-error.ts'

/** By the name in the manifest, the image that runs. Throws UsageError. */
export function substitutions(texts: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    texts.map((text) => {
      const [name = '', image = '', ...rest] = text.split('=')
      if (name && image && rest.length === 0) return [name, image]
      throw new UsageError(`--image ${text}: expected IMAGE=IMAGE, for example nginx:1.7.9=nginx:1.27`)
    }),
  )
}
