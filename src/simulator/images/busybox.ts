// busybox: one program of many names, no libraries, root.

import { applets } from './applets.ts'
import { executables, rootFiles } from './files.ts'
import { once, type Image } from './image.ts'

const REPOSITORY = 'docker.io/library/busybox'
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
  rootFiles(executables('/bin', once(() => applets(nslookup))()), {
    '/etc/passwd': PASSWD,
    '/etc/group': GROUP,
    '/home': { directory: true, uid: 65_534, gid: 65_534 },
    '/usr/bin/env': { link: '../../bin/env' },
    '/usr/sbin': { directory: true },
    '/var/spool/mail': { directory: true },
    '/var/www': { directory: true },
  })

/** Tag, image id, manifest digest and size. 1.28 is the image of the recordings; the others are as Docker Hub had them. */
const TAGS: readonly (readonly [tag: string, id: string, digest: string, sizeBytes: number])[] = [
  [
    '1.28',
    '8c811b4aec35f259572d0f79207bc0678df4c736eeec50bc9fec37ed936a472a',
    '35e0e0fae49e956a55ccb8356451c785d430ed02fbeaffb776f65dc91039abfc',
    1_225_262,
  ],
  [
    '1.29',
    '758ec7f3a1ee85f8f08399b55641bfb13e8c1109287ddc5e22b68c3d653152ee',
    '8ccbac733d19c0dd4d70b4f0c1e12245b5fa3ad24758a11035ee505c629c0796',
    1_154_361,
  ],
]

const small = files('small')
const big = files('big')

/** Later tags differ in nothing that is modelled. */
const LATER_TAGS = [
  '1.30',
  '1.31',
  '1.32',
  '1.33',
  '1.34',
  '1.35',
  '1.36',
  '1.36.1',
  '1.37',
  '1.37.0',
  'latest',
  'stable',
]

/** All tags of busybox. */
export const busybox: readonly Image[] = [
  ...TAGS.map(([tag, id, digest, sizeBytes]) => made(tag, id, digest, sizeBytes)),
  ...LATER_TAGS.map((tag) =>
    made(
      tag,
      'ff7a7936e9306ce4a789cf5523922da5e585dc1216e400efb3b6872a5137ee6b',
      '9ae97d36d26566ff84e8893c64a6dc4fe8ca6d1144bf5b87b2b85a32def253c7',
      2_165_123,
    ),
  ),
]

function made(tag: string, id: string, digest: string, sizeBytes: number): Image {
  return {
    repository: REPOSITORY,
    tag,
    id: `sha256:${id}`,
    digest: `sha256:${digest}`,
    sizeBytes,
    cmd: ['sh'],
    env: { PATH },
    files: tag === '1.28' ? small : big,
  }
}
