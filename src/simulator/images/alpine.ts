// alpine: busybox, and the directories of a distribution.

import { applets } from './applets.ts'
import { executables, rootFiles } from './files.ts'
import type { Image } from './image.ts'

const PASSWD = `root:x:0:0:root:/root:/bin/sh
bin:x:1:1:bin:/bin:/sbin/nologin
daemon:x:2:2:daemon:/sbin:/sbin/nologin
nobody:x:65534:65534:nobody:/:/sbin/nologin
`

const files = rootFiles(executables('/bin', applets('big')), {
  '/etc/alpine-release': '3.22.1\n',
  '/etc/passwd': PASSWD,
  '/etc/group': 'root:x:0:root\nbin:x:1:root,bin,daemon\ndaemon:x:2:root,bin,daemon\nnobody:x:65534:\n',
  '/etc/os-release': 'NAME="Alpine Linux"\nID=alpine\nVERSION_ID=3.22.1\nPRETTY_NAME="Alpine Linux v3.22"\n',
  '/home': { directory: true },
  '/usr/bin/env': { link: '../../bin/env' },
})

const TAGS = ['3', '3.14', '3.15', '3.16', '3.17', '3.18', '3.19', '3.20', '3.21', '3.22', 'edge', 'latest']

/** All tags of alpine; they differ in nothing that is modelled. */
export const alpine: readonly Image[] = TAGS.map((tag) => ({
  repository: 'docker.io/library/alpine',
  tag,
  id: 'sha256:9234e8fb04c47cfe0f49931e4ac7eb76fa904e33b7f8576aec0501c085f02516',
  digest: 'sha256:4bcff63911fcb4448bd4fdacec207030997caf25e9bea4045fa6c8c44de311d1',
  sizeBytes: 3_806_640,
  cmd: ['/bin/sh'],
  env: { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin' },
  files,
}))
