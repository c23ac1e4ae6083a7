// pause: the one process of a sandbox.

import { pause as program } from '../../process/programs/pause.ts'
import { rootFiles } from './files.ts'
import type { Image } from './image.ts'

const files = rootFiles({ '/pause': program })

/** All tags of the pause image. */
export const pause: readonly Image[] = ['3.5', '3.6', '3.7', '3.8', '3.9', '3.10', '3.10.1', '3.10.2'].map(
  (tag) => ({
    repository: 'registry.k8s.io/pause',
    tag,
    id: 'sha256:873ed75102791e5b0b8a7fcd41606c92fcec98d56d05ead4ac5131650004c136',
    digest: 'sha256:ee6521f290b2168b6e0935a181d4cff9be1ac3f505666ef0e3c98fae8199917a',
    sizeBytes: 320_368,
    entrypoint: ['/pause'],
    env: { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin' },
    user: '65535:65535',
    files,
  }),
)

/** The one that sandboxes run. */
export const sandboxImage: Image = pause.find(({ tag }) => tag === '3.10') as Image
