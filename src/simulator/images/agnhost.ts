// agnhost: the image of the upstream end-to-end tests, one program with many subcommands on Alpine.

import { programs } from '../../process/programs/programs.ts'
import { applets } from './applets.ts'
import { executables, rootFiles } from './files.ts'
import type { Image } from './image.ts'

const { agnhost: agnhostProgram, bash, curl } = programs

const files = rootFiles(executables('/bin', { ...applets('big'), bash }), {
  '/agnhost': agnhostProgram,
  '/agnhost-2': { link: 'agnhost' },
  '/usr/bin/curl': curl,
  '/usr/bin/env': { link: '../../bin/env' },
  '/etc/passwd':
    'root:x:0:0:root:/root:/bin/sh\nuser-defined-in-image:x:1000:50000::/home/user-defined-in-image:/bin/sh\n',
  '/etc/group': 'root:x:0:root\ngroup-defined-in-image:x:50000:user-defined-in-image\n',
  '/uploads': { directory: true },
})

/** The versions of the recordings; both behave alike. Ids: recordings probe-grpc and prestop-httpget. */
const VERSIONS = [
  ['2.55', '324d43cb129b2abdffd2857ec22385064c181cf6f9a449f81330c5079e70ad29'],
  ['2.63.0', 'e777fae26001507a471033f5db57640b4e05eb84abf1481ff8010fe4ffa71864'],
] as const

/** All tags of agnhost. */
export const agnhost: readonly Image[] = VERSIONS.map(([tag, id]) => ({
  repository: 'registry.k8s.io/e2e-test-images/agnhost',
  tag,
  id: `sha256:${id}`,
  sizeBytes: 51_706_353,
  entrypoint: ['/agnhost'],
  cmd: ['pause'],
  env: { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin' },
  files,
}))
