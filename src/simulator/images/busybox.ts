// busybox: one program of many names, no libraries, root.

import { applets } from './applets.ts'
import { derivedDigest } from './derived-digest.ts'
import { executables, rootFiles } from './files.ts'
import type { Image } from './image.ts'

const REPOSITORY = 'docker.io/library/busybox'
/** Kubernetes keeps some of the same images in its own registry. */
const KUBERNETES_REPOSITORY = 'registry.k8s.io/busybox'
const PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'

const PASSWD = `root:x:0:0:root:/root:/bin/sh
daemon:x:1:1:daemon:/usr/sbin:/bin/false
bin:x:2:2:bin:/bin:/bin/false
sys:x:3:3:sys:/dev:/bin/false
sync:x:4:100:sync:/bin:/bin/sync
mail:x:8:8:mail:/var/spool/mail:/bin/false
www-data:x:33:33:www-data:/var/www:/bin/false
operator:x:37:37:Operator:/var:/bin/false
nobody:x:65534:65534:nobody:/home:/bin/false
`

const GROUP = `root:x:0:
daemon:x:1:
bin:x:2:
sys:x:3:
adm:x:4:
tty:x:5:
disk:x:6:
wheel:x:10:root
mail:x:8:
www-data:x:33:
operator:x:37:
staff:x:50:
users:x:100:
nogroup:x:65534:
`

const files = (nslookup: 'small' | 'big') =>
  rootFiles(executables('/bin', applets(nslookup)), {
    '/etc/passwd': PASSWD,
    '/etc/group': GROUP,
    '/home': { directory: true, uid: 65_534, gid: 65_534 },
    '/usr/bin/env': { link: '../../bin/env' },
    '/usr/sbin': { directory: true },
    '/var/spool/mail': { directory: true },
    '/var/www': { directory: true },
  })

const small = files('small')
const big = files('big')

/** Earlier versions differ in nothing that is modelled from 1.28. */
const EARLIER_VERSIONS = ['1.24', '1.25', '1.26', '1.27', '1.27.2']
/** Later versions differ in nothing that is modelled. The last one has several names. */
const LATER_VERSIONS = ['1.29', '1.30', '1.31', '1.32', '1.33', '1.34', '1.35', '1.36', '1.36.1']
const LAST_VERSION = '1.37.0'
const LAST_NAMES = [LAST_VERSION, '1.37', 'latest', 'stable']

/** The image of the recordings. */
const RECORDED = {
  id: 'sha256:8c811b4aec35f259572d0f79207bc0678df4c736eeec50bc9fec37ed936a472a',
  digest: 'sha256:35e0e0fae49e956a55ccb8356451c785d430ed02fbeaffb776f65dc91039abfc',
  sizeBytes: 1_225_262,
}

const published: readonly Image[] = [
  ...EARLIER_VERSIONS.map((version) => ({ ...common(version), ...derived(version), files: small })),
  { ...common('1.28'), ...RECORDED, files: small },
  ...LATER_VERSIONS.map((version) => ({ ...common(version), ...derived(version), files: big })),
  ...LAST_NAMES.map((tag) => ({ ...common(tag), ...derived(LAST_VERSION), files: big })),
]

/** All tags of busybox, in both registries. */
export const busybox: readonly Image[] = [
  ...published,
  ...published.map((image) => ({ ...image, repository: KUBERNETES_REPOSITORY })),
]

function common(tag: string) {
  return { repository: REPOSITORY, tag, cmd: ['sh'], env: { PATH } }
}

function derived(version: string) {
  const id = derivedDigest(`${REPOSITORY}:${version}/image`)
  return { id, digest: derivedDigest(`${REPOSITORY}:${version}`), sizeBytes: 2_165_123 }
}
