// The API on a socket: who may ask, what is too much, and what comes back.

import { expect } from 'chai'
import { connect } from 'node:net'
import { once } from 'node:events'
import { statSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { writeKubeConfig } from '../../../src/simulator/api/http/kube-config.ts'
import { served } from './served.ts'
import type { Ask, Served } from './served.ts'

const NAMESPACES = '/api/v1/namespaces'

describe('the API on a socket', () => {
  let server: Served
  before(async () => (server = await served()))
  after(() => server.close())

  const CREDENTIALS: Record<string, [ask: Ask, status: number]> = {
    'the token of the kubeconfig': [{}, 200],
    'the client certificate of the kubeconfig': [{ credentials: 'certificate' }, 200],
    'no credentials': [{ credentials: 'none' }, 403],
    'an empty token': [{ credentials: 'none', headers: { authorization: 'Bearer ' } }, 403],
    'another scheme': [{ credentials: 'none', headers: { authorization: 'Basic YTpi' } }, 403],
    'a wrong token': [{ credentials: 'none', headers: { authorization: 'Bearer wrong' } }, 401],
    'the right token for somebody else': [{ headers: { 'impersonate-user': 'bob' } }, 403],
    'the right token for another administrator': [
      { headers: { 'impersonate-user': 'bob', 'impersonate-group': 'system:masters' } },
      200,
    ],
  }
  for (const [what, [ask, status]] of Object.entries(CREDENTIALS)) {
    it(`answers ${status} to ${what}`, async () => {
      expect((await server.ask(NAMESPACES, ask)).status).to.equal(status)
    })
  }

  it('lets everybody see its version and its health, and nothing else', async () => {
    const paths = [
      '/version',
      '/healthz',
      '/livez',
      '/readyz',
      '/api',
      '/openapi/v3',
      '/foo',
      '/podproof/clock',
    ]
    const answers = await Promise.all(paths.map((path) => server.ask(path, { credentials: 'none' })))
    expect(answers.map(({ status }) => status)).to.deep.equal([200, 200, 200, 200, 403, 403, 403, 403])
  })

  // Golden exchanges of a real server, recorded on Kubernetes v1.36.2: errors, `anonymous-*` and `impersonate-*`.
  const REFUSALS: Record<string, [path: string, ask: Ask, message: string]> = {
    list: [
      '/api/v1/namespaces/api-err3/pods',
      {},
      'pods is forbidden: User "system:anonymous" cannot list resource "pods" in API group "" in the namespace "api-err3"',
    ],
    create: [
      '/api/v1/namespaces/api-err3/pods',
      { method: 'POST', body: '{}' },
      'pods is forbidden: User "system:anonymous" cannot create resource "pods" in API group "" in the namespace "api-err3"',
    ],
    exec: [
      '/api/v1/namespaces/api-err3/pods/run/exec?command=ls',
      { method: 'POST' },
      'pods "run" is forbidden: User "system:anonymous" cannot create resource "pods/exec" in API group "" in the namespace "api-err3"',
    ],
    'get of a node': [
      '/api/v1/nodes/node1',
      {},
      'nodes "node1" is forbidden: User "system:anonymous" cannot get resource "nodes" in API group "" at the cluster scope',
    ],
    'get of a namespace': [
      '/api/v1/namespaces/api-err3',
      {},
      'namespaces "api-err3" is forbidden: User "system:anonymous" cannot get resource "namespaces" in API group "" in the namespace "api-err3"',
    ],
    'list of a group': [
      '/apis/apps/v1/namespaces/api-err3/deployments',
      {},
      'deployments.apps is forbidden: User "system:anonymous" cannot list resource "deployments" in API group "apps" in the namespace "api-err3"',
    ],
    watch: [
      '/api/v1/namespaces/api-err3/pods?watch=1',
      {},
      'pods is forbidden: User "system:anonymous" cannot watch resource "pods" in API group "" in the namespace "api-err3"',
    ],
    deletecollection: [
      '/api/v1/namespaces/api-err3/pods?labelSelector=x',
      { method: 'DELETE' },
      'pods is forbidden: User "system:anonymous" cannot deletecollection resource "pods" in API group "" in the namespace "api-err3"',
    ],
    path: ['/metrics', {}, 'forbidden: User "system:anonymous" cannot get path "/metrics"'],
  }
  for (const [what, [path, ask, message]] of Object.entries(REFUSALS)) {
    it(`refuses a ${what} by nobody in a real server's words`, async () => {
      const { json } = await server.ask(path, { ...ask, credentials: 'none' })
      expect(json).to.include({ kind: 'Status', status: 'Failure', reason: 'Forbidden', code: 403, message })
    })
  }

  it('creates and shows an object', async () => {
    const body = JSON.stringify({ metadata: { name: 'cm' }, data: { a: 'b' } })
    const headers = { 'content-type': 'application/json' }
    const path = '/api/v1/namespaces/default/configmaps'
    expect((await server.ask(path, { method: 'POST', headers, body })).status).to.equal(201)
    expect((await server.ask(`${path}/cm`)).json).to.deep.include({ data: { a: 'b' } })
  })

  it('refuses a body over three mebibytes', async () => {
    const body = Buffer.alloc(3 * 1024 * 1024 + 1, 0x20)
    const { json } = await server.ask('/api/v1/namespaces/default/configmaps', { method: 'POST', body })
    expect(json).to.include({ code: 413, reason: 'RequestEntityTooLarge' })
  })

  it('refuses a header over its limit without harm to others', async () => {
    const long = await server.ask(NAMESPACES, { headers: { 'x-long': 'x'.repeat(100_000) } }).catch(String)
    expect(long).to.satisfy(
      (answer: unknown) => typeof answer === 'string' || (answer as { status: number }).status === 431,
    )
    expect((await server.ask(NAMESPACES)).status).to.equal(200)
  })

  it('streams a watch, one JSON object a line', async () => {
    const response = await server.open('/api/v1/namespaces?watch=true')
    const [chunk] = (await once(response, 'data')) as [Buffer]
    response.destroy()
    const [line = ''] = chunk.toString().split('\n')
    expect(JSON.parse(line)).to.have.property('type', 'ADDED')
  })

  it('tells the state of its clock', async () => {
    const { json } = await server.ask('/podproof/clock')
    expect(json).to.include({ mode: 'leap', motion: 'stands' })
    expect(json)
      .to.have.property('because')
      .that.satisfies(([reason]: string[]) => reason?.endsWith('is in flight'))
  })

  it('is reached on the loopback only', () => {
    expect(new URL(server.access.server).hostname).to.equal('127.0.0.1')
  })
})

describe('a plain API', () => {
  let server: Served
  before(async () => (server = await served({ tls: false })))
  after(() => server.close())

  it('has the secret in its address, since clients send no token without TLS', async () => {
    expect((await server.ask(NAMESPACES, { credentials: 'none' })).status).to.equal(200)
    const { origin } = new URL(server.access.server)
    expect((await fetch(`${origin}${NAMESPACES}`)).status).to.equal(403)
    expect((await fetch(`${origin}/wrong${NAMESPACES}`)).status).to.equal(403)
  })
})

describe('a kubeconfig file', () => {
  it('can be read by its owner alone', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'podproof-spec-'))
    const file = join(folder, 'kubeconfig')
    writeKubeConfig(file, '{}')
    expect(statSync(file).mode & 0o777).to.equal(0o600)
    await rm(folder, { recursive: true })
  })
})

describe('a client that disappears', () => {
  let server: Served
  before(async () => (server = await served({ tls: false })))
  after(() => server.close())

  const calls = () => server.clock.state().calls.length
  const nothingLeft = async () => {
    for (let turn = 0; turn < 1_000 && calls() > 0; turn++)
      await new Promise((resolve) => setImmediate(resolve))
    return calls()
  }

  /** What the host keeps for us: connections, and timers of calls. */
  const kept = () =>
    process.getActiveResourcesInfo().filter((kind) => /^(TCPSocketWrap|Timeout)$/.test(kind)).length

  async function breakOffARequest(): Promise<void> {
    const { port, pathname } = new URL(server.access.server)
    const socket = connect(Number(port), '127.0.0.1')
    await once(socket, 'connect')
    socket.write(
      `POST ${pathname}/api/v1/namespaces HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{"half`,
    )
    while (calls() === 0) await new Promise((resolve) => setImmediate(resolve))
    expect(server.clock.state().motion).to.equal('stands')
    socket.destroy()
    expect(await nothingLeft()).to.equal(0)
  }

  async function breakOffAWatch(): Promise<void> {
    const headers = { 'kubectl-command': 'kubectl wait' }
    const response = await server.open('/api/v1/pods?watch=true', { headers })
    response.destroy()
  }

  for (const [where, breakOff] of Object.entries({
    request: breakOffARequest,
    watch: breakOffAWatch,
  })) {
    it(`in the middle of its ${where} leaves nothing behind, a thousand times`, async () => {
      const before = kept()
      for (let round = 0; round < 1_000; round++) await breakOff()
      expect(await nothingLeft()).to.equal(0)
      await server.walks()
      // The clock's own alarm comes and goes.
      expect(kept()).to.be.at.most(before + 2)
    })
  }
})
