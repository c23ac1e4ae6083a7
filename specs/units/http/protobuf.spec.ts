// kubectl's typed commands send protobuf: what is read from it is what kubectl itself calls the object in JSON.

import { expect } from 'chai'
import { execFile } from 'node:child_process'
import { createServer } from 'node:http'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { promisify } from 'node:util'
import { ApiError } from '../../../src/simulator/store/api-error.ts'
import { decodeProtobuf } from '../../../src/simulator/api/http/protobuf/decode.ts'
import { kubectl136, whyNoKubectl } from '../../support/kubectl.ts'

const COMMANDS = [
  'configmap cm --from-literal=a=b --from-literal=c=',
  'secret generic s --from-literal=password=pässword',
  'deployment d --image=nginx:1.27 --replicas=0 --port=80',
  'deployment d --image=busybox:1.36 --replicas=3 -- sh -c "echo hello"',
  'job j --image=busybox:1.36 -- true',
  'cronjob c --image=busybox:1.36 --schedule=*/5 -- date',
  'namespace n',
  'serviceaccount sa',
  'service clusterip s --tcp=80:8080 --tcp=443:https',
  'service nodeport s --tcp=80 --node-port=30080',
  'service externalname s --external-name=example.com',
  'quota q --hard=pods=2,requests.cpu=500m --scopes=NotTerminating',
  'clusterrole r --verb=get --non-resource-url=/logs/*',
  'rolebinding b --role=r --user=jane --serviceaccount=default:sa',
  'clusterrolebinding b --clusterrole=r --group=dev',
  'poddisruptionbudget p --selector=app=web --min-available=50%',
  'priorityclass high --value=1000 --description=important --preemption-policy=Never',
  'ingress i --rule=example.com/path*=web:8080,tls=secret',
]

describe('the protobuf of kubectl', () => {
  let sent = Buffer.alloc(0)
  let server: Server
  let url: string

  before(async function () {
    if (!kubectl136()) this.skip() // whyNoKubectl() says why
    server = createServer((request, response) => {
      const chunks: Buffer[] = []
      request.on('data', (chunk: Buffer) => chunks.push(chunk))
      request.on('end', () => {
        if (request.method === 'POST') sent = Buffer.concat(chunks)
        response.writeHead(404, { 'content-type': 'text/plain' }).end('404 page not found')
      })
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  })

  after(() => server?.close())

  for (const command of COMMANDS) {
    it(`of \`create ${command}\` is read`, async () => {
      const argv = [
        'create',
        ...(command.match(/"[^"]*"|\S+/g) ?? []).map((word) => word.replaceAll('"', '')),
      ]
      const own = argv.indexOf('--') < 0 ? argv.length : argv.indexOf('--')
      const dryRun = [...argv.slice(0, own), '--dry-run=client', '-o', 'json', ...argv.slice(own)]
      // A status is the server's: a client's is not looked at.
      const { status: _, ...expected } = JSON.parse(await kubectl(dryRun)) as Record<string, unknown>
      await kubectl(argv).catch(() => {}) // the server refuses everything
      expect(withoutEmpty(decodeProtobuf(sent))).to.deep.equal(withoutEmpty(expected))
    })
  }

  async function kubectl(argv: readonly string[]): Promise<string> {
    const env = { HOME: '/nonexistent', KUBECONFIG: '/dev/null' }
    const file = kubectl136() ?? whyNoKubectl()
    const { stdout } = await promisify(execFile)(file, ['--server', url, ...argv], { env })
    return stdout
  }
})

describe('a body that is no protobuf of a known object', () => {
  const BODIES: Record<string, [body: Buffer, message: string]> = {
    'without the prefix': [Buffer.from('{}'), 'the body is not prefixed with k8s\\0'],
    'that ends too early': [Buffer.from('k8s\0\x0a\x05ab'), 'the body is no protobuf: it ends too early'],
    'of an unknown kind': [
      Buffer.from('k8s\0\x0a\x0b\x0a\x02v1\x12\x05Trick\x12\x00'),
      'Trick of v1 is not read from protobuf here: send JSON',
    ],
    'with an unknown field': [
      Buffer.from(
        'k8s\0\x0a\x0f\x0a\x02v1\x12\x09ConfigMap\x12\x02\x98\x06\x01'.replace('\x12\x02', '\x12\x03'),
        'latin1',
      ),
      'field 99 of core/v1.ConfigMap is not read from protobuf here: send JSON',
    ],
  }
  for (const [what, [body, message]] of Object.entries(BODIES)) {
    it(`is refused when it is one ${what}`, () => {
      expect(() => decodeProtobuf(body)).to.throw(ApiError, message)
    })
  }
})

/** Fields that say nothing (empty objects, null times) are left out by one side or the other. */
function withoutEmpty(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutEmpty)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).map(([key, item]) => [key, withoutEmpty(item)] as const)
  return Object.fromEntries(entries.filter(([, item]) => !isEmpty(item)))
}

function isEmpty(value: unknown): boolean {
  return value === null || (typeof value === 'object' && Object.keys(value).length === 0)
}
