// nginx on Debian: the web server, a shell and what a Debian image has beside it.

import { programs } from '../../process/programs/programs.ts'
import { applets } from './applets.ts'
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

const PASSWD = `root:x:0:0:root:/root:/bin/bash
daemon:x:1:1:daemon:/usr/sbin:/usr/sbin/nologin
bin:x:2:2:bin:/bin:/usr/sbin/nologin
sys:x:3:3:sys:/dev:/usr/sbin/nologin
www-data:x:33:33:www-data:/var/www:/usr/sbin/nologin
nobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin
nginx:x:101:101:nginx user,,,:/nonexistent:/bin/false
`

const GROUP = `root:x:0:
daemon:x:1:
bin:x:2:
sys:x:3:
www-data:x:33:
nogroup:x:65534:
nginx:x:101:
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

/** What Debian has under other names than busybox, or not at all, is left out. */
const DEBIAN_LACKS = ['ash', 'nslookup', 'wget', 'nc', 'ping', 'ps', 'top']

function debianCommands() {
  return Object.fromEntries(Object.entries(applets('big')).filter(([name]) => !DEBIAN_LACKS.includes(name)))
}

const files = rootFiles(executables('/bin', debianCommands()), executables('/bin', { bash: programs.bash }), {
  '/usr/sbin/nginx': programs.nginx,
  '/usr/share/nginx/html/index.html': INDEX,
  '/etc/nginx/conf.d/default.conf': CONFIGURATION,
  '/etc/nginx/nginx.conf': 'user  nginx;\nworker_processes  1;\n',
  '/var/log/nginx': { directory: true },
  '/var/cache/nginx': { directory: true },
  '/etc/passwd': PASSWD,
  '/etc/group': GROUP,
  '/usr/bin/env': { link: '../../bin/env' },
  '/docker-entrypoint.d': { directory: true },
})

/** From 1.19 on the image stops with QUIT and goes through an entrypoint script; 1.7.9 knows neither. */
function made(tag: string, id: string, sizeBytes: number, isModern: boolean, digest?: string): Image {
  return {
    repository: REPOSITORY,
    tag,
    id: `sha256:${id}`,
    ...(digest ? { digest: `sha256:${digest}` } : {}),
    sizeBytes,
    cmd: ['nginx', '-g', 'daemon off;'],
    env: { PATH, NGINX_VERSION: isModern ? '1.27.5' : '1.7.9-1~wheezy' },
    ...(isModern ? { stopSignal: 'QUIT' as const } : {}),
    exposedPorts: isModern ? [80] : [80, 443],
    files,
  }
}

const OLD = ['1.7.9']
const MODERN = [
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
  '1.29',
  'alpine',
  'latest',
  'mainline',
  'stable',
]

/** All tags of nginx. Ids of 1.7.9: recording seed-a-vito-prestop; its digest: recording deployment-rollout. */
export const nginx: readonly Image[] = [
  ...OLD.map((tag) =>
    made(
      tag,
      'fc938a2f31ea7acaee33bc51f092b7b650f918e02ed15ff8dac7172f27fa65e5',
      5_154_365,
      false,
      'e685ab7aa017dc2ad393849f2994f5b204fe1e123ef709bc6c045b3a607ad690',
    ),
  ),
  ...MODERN.map((tag) =>
    made(
      tag,
      '1e5f3c5b981a9f91ca91cf13ce87c2eedfc7a083f4f279552084dd08fc477512',
      72_188_133,
      true,
      '6784fb0834aa7dbbe12e3d7471e69c290df3e6ba810dc38b34ae33d3c1c05f7d',
    ),
  ),
]
