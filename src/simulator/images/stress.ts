// The images with which pages about resources use up processors and memory.

import { programs } from '../../process/programs/programs.ts'
import { applets } from './applets.ts'
import { derivedDigest } from './derived-digest.ts'
import { executables, rootFiles } from './files.ts'
import type { Image } from './image.ts'

const env = { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin' }

/** polinux/stress (on Alpine) and vish/stress (nothing but its program). */
export const stress: readonly Image[] = [
  {
    ...made('docker.io/polinux/stress'),
    cmd: ['stress', '--verbose'],
    files: rootFiles(executables('/bin', applets('big')), {
      '/usr/local/bin/stress': programs.stress,
      '/etc/passwd': 'root:x:0:0:root:/root:/bin/ash\n',
      '/etc/group': 'root:x:0:root\n',
      '/usr/bin/env': { link: '../../bin/env' },
    }),
  },
  {
    ...made('docker.io/vish/stress'),
    entrypoint: ['/stress', '-logtostderr'],
    files: rootFiles({ '/stress': programs.goStress }),
  },
]

function made(repository: string) {
  return {
    repository,
    tag: 'latest',
    id: derivedDigest(`${repository}/image`),
    digest: derivedDigest(repository),
    sizeBytes: 4_041_495,
    env,
  }
}
