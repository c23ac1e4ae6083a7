// debian: bash and the commands of a small distribution.

import { debianCommands, debianGroup, debianPasswd } from './debian-files.ts'
import { derivedDigest } from './derived-digest.ts'
import { executables, rootFiles } from './files.ts'
import type { Image } from './image.ts'

const REPOSITORY = 'docker.io/library/debian'

const files = rootFiles(executables('/bin', debianCommands), {
  '/etc/debian_version': '13.1\n',
  '/etc/passwd': debianPasswd,
  '/etc/group': debianGroup,
  '/home': { directory: true },
  '/usr/bin/env': { link: '../../bin/env' },
})

/** The releases by their names and numbers; they differ in nothing that is modelled. */
const TAGS = [
  ...['10', '11', '12', '13', 'bookworm', 'bullseye', 'buster', 'trixie'].flatMap((name) => [
    name,
    `${name}-slim`,
  ]),
  'latest',
  'stable',
  'stable-slim',
]

/** All tags of debian. */
export const debian: readonly Image[] = TAGS.map((tag) => ({
  repository: REPOSITORY,
  tag,
  id: derivedDigest(`${REPOSITORY}:${tag}/image`),
  digest: derivedDigest(`${REPOSITORY}:${tag}`),
  sizeBytes: 48_487_296,
  cmd: ['bash'],
  env: { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin' },
  files,
}))
