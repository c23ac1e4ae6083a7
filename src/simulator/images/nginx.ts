// nginx on Debian: the web server, a shell and what a Debian image has beside it.

import { programs } from '../../process/programs/programs.ts'
import { debianCommands, debianGroup, debianPasswd } from './debian-files.ts'
import { derivedDigest } from './derived-digest.ts'
import { executables, rootFiles } from './files.ts'
import type { Image } from './image.ts'

const REPOSITORY = 'docker.io/library/nginx'
const PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'

const INDEX = `<!DOCTYPE html>
<html>
<head>
<title>Welcome to nginx!</title>
<style>
    body {
        width: 35em;
        margin: 0 auto;
        font-family: Tahoma, Verdana, Arial, sans-serif;
    }
</style>
</head>
<body>
<h1>Welcome to nginx!</h1>
<p>If you see this page, the nginx web server is successfully installed and
working. Further configuration is required.</p>

<p>For online documentation and support please refer to
<a href="http://nginx.org/">nginx.org</a>.<br/>
Commercial support is available at
<a href="http://nginx.com/">nginx.com</a>.</p>

<p><em>Thank you for using nginx.</em></p>
</body>
</html>
`

const CONFIGURATION = `server {
    listen       80;
    server_name  localhost;
    location / {
        root   /usr/share/nginx/html;
        index  index.html index.htm;
    }
}
`

const files = rootFiles(executables('/bin', { ...debianCommands, curl: programs.curl }), {
  '/usr/sbin/nginx': programs.nginx,
  '/usr/share/nginx/html/index.html': INDEX,
  '/etc/nginx/conf.d/default.conf': CONFIGURATION,
  '/etc/nginx/nginx.conf': 'user  nginx;\nworker_processes  1;\n',
  '/var/log/nginx': { directory: true },
  '/var/cache/nginx': { directory: true },
  '/etc/passwd': `${debianPasswd}nginx:x:101:101:nginx user,,,:/nonexistent:/bin/false\n`,
  '/etc/group': `${debianGroup}nginx:x:101:\n`,
  '/usr/bin/env': { link: '../../bin/env' },
  '/docker-entrypoint.d': { directory: true },
})

/** Later versions stop with QUIT; all serve the same pages in the same way. */
const LATER_VERSIONS = [
  '1.14.2',
  '1.15',
  '1.16',
  '1.16.1',
  '1.17',
  '1.18',
  '1.19',
  '1.20',
  '1.21',
  '1.21.6',
  '1.22',
  '1.23',
  '1.24',
  '1.25',
  '1.26',
  '1.27',
  '1.28',
]
const LAST_VERSION = '1.29'
const LAST_NAMES = [LAST_VERSION, 'alpine', 'latest', 'mainline', 'stable']

/** The image of the recordings seed-a-vito-prestop and deployment-rollout. */
const RECORDED = {
  id: 'sha256:fc938a2f31ea7acaee33bc51f092b7b650f918e02ed15ff8dac7172f27fa65e5',
  digest: 'sha256:e685ab7aa017dc2ad393849f2994f5b204fe1e123ef709bc6c045b3a607ad690',
  sizeBytes: 5_154_365,
}

/** All tags of nginx. */
export const nginx: readonly Image[] = [
  { ...common('1.7.9', '1.7.9-1~wheezy'), ...RECORDED, exposedPorts: [80, 443] },
  ...LATER_VERSIONS.map((version) => later(version, version)),
  ...LAST_NAMES.map((tag) => later(tag, LAST_VERSION)),
]

function common(tag: string, version: string) {
  const env = { PATH, NGINX_VERSION: version }
  return { repository: REPOSITORY, tag, cmd: ['nginx', '-g', 'daemon off;'], env, files }
}

function later(tag: string, version: string): Image {
  const id = derivedDigest(`${REPOSITORY}:${version}/image`)
  const digest = derivedDigest(`${REPOSITORY}:${version}`)
  return {
    ...common(tag, version),
    id,
    digest,
    sizeBytes: 72_188_133,
    stopSignal: 'QUIT',
    exposedPorts: [80],
  }
}
