// pause: the one process of a sandbox.

import { pause as program } from '../../process/programs/pause.ts'
import { derivedDigest } from './derived-digest.ts'
import { rootFiles } from './files.ts'
import type { Image } from './image.ts'

const files = rootFiles({ '/pause': program })

const REPOSITORY = 'registry.k8s.io/pause'

/** All tags of the pause image. */
export const pause: readonly Image[] = ['3.5', '3.6', '3.7', '3.8', '3.9', '3.10', '3.10.1', '3.10.2'].map(
  made,
)

/** The one that sandboxes run. */
export const sandboxImage: Image = made('3.10')

function made(tag: string): Image {
  return {
    repository: REPOSITORY,
    tag,
    id: derivedDigest(`${REPOSITORY}:${tag}/image`),
    digest: derivedDigest(`${REPOSITORY}:${tag}`),
    sizeBytes: 320_368,
    entrypoint: ['/pause'],
    env: { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin' },
    user: '65535:65535',
    files,
  }
}
