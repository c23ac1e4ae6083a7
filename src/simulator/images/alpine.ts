// alpine: busybox, and the directories of a distribution.

import { applets } from './applets.ts'
import { derivedDigest } from './derived-digest.ts'
import { executables, rootFiles } from './files.ts'
import type { Image } from './image.ts'

const REPOSITORY = 'docker.io/library/alpine'

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

const VERSIONS = ['3.14', '3.15', '3.16', '3.17', '3.18', '3.19', '3.20', '3.21']
const LAST_VERSION = '3.22'
const LAST_NAMES = [LAST_VERSION, '3', 'edge', 'latest']

/** All tags of alpine; they differ in nothing that is modelled. */
export const alpine: readonly Image[] = [
  ...VERSIONS.map((version) => made(version, version)),
  ...LAST_NAMES.map((tag) => made(tag, LAST_VERSION)),
]

function made(tag: string, version: string): Image {
  return {
    repository: REPOSITORY,
    tag,
    id: derivedDigest(`${REPOSITORY}:${version}/image`),
    digest: derivedDigest(`${REPOSITORY}:${version}`),
    sizeBytes: 3_806_640,
    cmd: ['/bin/sh'],
    env: { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin' },
    files,
  }
}
