// hello-app: the sample web server of many pages, on a distroless image: no shell, no commands.

import { helloApp as program } from '../../process/programs/hello-app.ts'
import { derivedDigest } from './derived-digest.ts'
import { rootFiles } from './files.ts'
import type { Image } from './image.ts'

/** The repositories that hold the same image. */
const REPOSITORIES = [
  'gcr.io/google-samples/hello-app',
  'us-docker.pkg.dev/google-samples/containers/gke/hello-app',
]

const PASSWD = `root:x:0:0:root:/root:/sbin/nologin
nobody:x:65534:65534:nobody:/nonexistent:/sbin/nologin
nonroot:x:65532:65532:nonroot:/home/nonroot:/sbin/nologin
`

/** All tags (kubernetes-engine-samples, hello-app/Dockerfile). */
export const helloApp: readonly Image[] = REPOSITORIES.flatMap((repository) =>
  ['1.0', '2.0'].map((tag) => made(repository, tag)),
)

function made(repository: string, tag: string): Image {
  return {
    repository,
    tag,
    id: derivedDigest(`hello-app:${tag}/image`),
    digest: derivedDigest(`hello-app:${tag}`),
    sizeBytes: 11_544_584,
    cmd: ['/hello-app'],
    env: {
      PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
      SSL_CERT_FILE: '/etc/ssl/certs/ca-certificates.crt',
      PORT: '8080',
    },
    user: 'nonroot:nonroot',
    workingDir: '/',
    exposedPorts: [],
    files: rootFiles({
      '/hello-app': program(`${tag}.0`),
      '/etc/passwd': PASSWD,
      '/etc/group': 'root:x:0:\nnobody:x:65534:\nnonroot:x:65532:\n',
      '/home/nonroot': { directory: true, uid: 65_532, gid: 65_532 },
    }),
  }
}
