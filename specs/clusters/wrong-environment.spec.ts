// What is wrong around podproof ends a run at once: exit code 3, what is wrong, and what to type.

import { expect } from 'chai'
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { EnvironmentProblem } from '../../src/cluster/environment-problem.ts'
import { fitCluster } from '../../src/cluster/fit-cluster.ts'
import type { FitClusterOptions } from '../../src/cluster/fit-cluster.ts'
import { k3sCluster } from '../../src/cluster/k3s.ts'
import { kubeconfigCluster } from '../../src/cluster/kubeconfig.ts'
import { makeCertificates } from '../../src/simulator/api/http/certificates.ts'
import { clusterOf } from '../../src/cluster/simulator.ts'
import { simulator } from '../../src/simulator/simulator.ts'
import { startFakeApi } from '../support/fake-api.ts'
import type { FakeApiOptions } from '../support/fake-api.ts'
import { runPodproof } from '../support/run-podproof.ts'

/** A kubeconfig of one context, with what differs. */
function kubeconfig({
  server = 'http://127.0.0.1:1',
  context = 'here',
  user = { token: 't' },
}: {
  readonly server?: string
  readonly context?: string
  readonly user?: object
} = {}): string {
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'c', cluster: { server } }],
    users: [{ name: 'u', user }],
    contexts: [{ name: context, context: { cluster: 'c', user: 'u' } }],
    'current-context': context,
  })
}

async function problemOf(asked: Promise<unknown>): Promise<string> {
  try {
    await asked
  } catch (error) {
    expect(error).to.be.instanceOf(EnvironmentProblem)
    const { problem, advice } = error as EnvironmentProblem
    expect(advice).to.not.equal('')
    return problem
  }
  throw new Error('expected a problem, found none')
}

const withText = (options: FitClusterOptions) => problemOf(fitCluster(options))

describe('a wrong environment', function () {
  this.timeout(120_000)
  let folder = ''

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'podproof-wrong-'))
  })
  after(() => rmSync(folder, { recursive: true, force: true }))

  it('of no kubeconfig at all', async () => {
    const { KUBECONFIG, HOME } = process.env
    process.env['HOME'] = folder
    delete process.env['KUBECONFIG']
    try {
      expect(await withText({})).to.match(/^there is no kubeconfig: KUBECONFIG is not set/)
    } finally {
      process.env['HOME'] = HOME
      if (KUBECONFIG !== undefined) process.env['KUBECONFIG'] = KUBECONFIG
    }
  })

  it('of a KUBECONFIG that names a missing file', async () => {
    const { KUBECONFIG } = process.env
    process.env['KUBECONFIG'] = join(folder, 'missing')
    try {
      expect(await withText({})).to.match(/^KUBECONFIG names .*missing, which does not exist$/)
    } finally {
      if (KUBECONFIG === undefined) delete process.env['KUBECONFIG']
      else process.env['KUBECONFIG'] = KUBECONFIG
    }
  })

  it('of a kubeconfig that may not be read', async function () {
    const file = join(folder, 'closed')
    writeFileSync(file, kubeconfig())
    chmodSync(file, 0)
    // Root reads everything: for it the file is a folder.
    if (process.getuid?.() === 0) await ofFolder()
    else expect(await withText({ file })).to.match(/cannot be read: permission denied$/)
  })

  const ofFolder = async () => {
    mkdirSync(join(folder, 'directory'), { recursive: true })
    expect(await withText({ file: join(folder, 'directory') })).to.match(/is no kubeconfig: EISDIR/)
  }

  const texts: readonly (readonly [what: string, options: FitClusterOptions, problem: RegExp])[] = [
    ['a file that is no kubeconfig', { text: '{ clusters: [' }, /^the kubeconfig is no kubeconfig: /],
    [
      'a context that does not exist',
      { text: kubeconfig(), context: 'there' },
      /^the kubeconfig has no context "there"; it has here$/,
    ],
    [
      'no current context',
      { text: kubeconfig().replace('"current-context":"here"', '"current-context":""') },
      /^the kubeconfig has no current context$/,
    ],
    [
      'a context without its cluster',
      { text: kubeconfig().replace('"clusters":[{"name":"c"', '"clusters":[{"name":"d"') },
      /names a cluster that the kubeconfig does not have$/,
    ],
    [
      'a context without its user',
      { text: kubeconfig().replace('"users":[{"name":"u"', '"users":[{"name":"v"') },
      /names a user that the kubeconfig does not have$/,
    ],
    ['a server where nobody listens', { text: kubeconfig() }, /cannot be reached: nobody listens there$/],
    [
      'a server with an unknown name',
      { text: kubeconfig({ server: 'http://no-such-host.invalid' }) },
      /cannot be reached: its name (?:is not known to the DNS|cannot be resolved now)$/,
    ],
    [
      'a credential plugin that is not installed',
      {
        text: kubeconfig({
          user: {
            exec: {
              apiVersion: 'client.authentication.k8s.io/v1',
              command: 'no-such-plugin',
              interactiveMode: 'Never',
            },
          },
        }),
      },
      /^there are no credentials for the context "here": .*no-such-plugin/,
    ],
  ]
  for (const [what, options, problem] of texts)
    it(`of ${what}`, async () => {
      expect(await withText(options)).to.match(problem)
    })

  const servers: readonly (readonly [
    what: string,
    api: FakeApiOptions,
    problem: RegExp,
    options?: { readonly context?: string },
  ])[] = [
    ['credentials that nobody knows', { status: 401 }, /does not know these credentials \(401\)/],
    ['something that is no API server', { text: '<html>' }, /is no Kubernetes API server/],
    ['too old a server', { version: 'v1.27.3' }, /runs v1\.27\.3, which is too old: podproof needs v1\.30/],
    [
      'a missing rule',
      { denied: ['create pods/exec'] },
      /lack a right that podproof needs: create pods\/exec/,
    ],
    ['too large a cluster', { nodes: 30 }, /leads to a cluster of more than 20 nodes/],
    ['production', {}, /looks like production: it says "prod"$/, { context: 'shop-prod-eu' }],
  ]
  for (const [what, api, problem, { context = 'here' } = {}] of servers)
    it(`of ${what}`, async () => {
      const fake = await startFakeApi(api)
      try {
        const text = kubeconfig({ server: `http://127.0.0.1:${fake.port}`, context })
        expect(await withText({ text })).to.match(problem)
      } finally {
        await fake.close()
      }
    })

  it('is none where production is meant', async () => {
    const fake = await startFakeApi({ nodes: 30 })
    const text = kubeconfig({ server: `http://127.0.0.1:${fake.port}`, context: 'prod' })
    const cluster = await fitCluster({ text, allowedContexts: ['prod'] })
    expect(cluster.name).to.equal('kubeconfig:prod')
    await cluster.close()
    await fake.close()
  })

  it('of a client certificate that has expired', async () => {
    const { client } = await makeCertificates(Date.parse('2020-01-01'))
    const base64 = (text: string) => Buffer.from(text).toString('base64')
    const user = {
      'client-certificate-data': base64(client.certificate),
      'client-key-data': base64(client.key),
    }
    expect(await withText({ text: kubeconfig({ user }) })).to.match(/has expired on .* 2020 GMT$/)
  })

  it('of a server that is not the one of the kubeconfig', async () => {
    const simulated = simulator()
    const cluster = clusterOf(simulated)
    const other = await makeCertificates(simulated.clock.now())
    const authority = Buffer.from(other.authority).toString('base64')
    const text = (await cluster.kubeConfig()).replace(
      /("certificate-authority-data": ")[^"]*/,
      `$1${authority}`,
    )
    expect(await withText({ text })).to.match(/is not signed by the authority of the kubeconfig$/)
    await cluster.close()
  })

  it('of a server that does not speak HTTP', async () => {
    const server = createServer((socket) => socket.end('SSH-2.0-OpenSSH_9.2\r\n'))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    const text = kubeconfig({ server: `http://127.0.0.1:${port}` })
    expect(await withText({ text })).to.match(/cannot be reached: it does not speak HTTP$/)
    server.close()
  })

  it('of a server that does not speak TLS', async () => {
    const fake = await startFakeApi({})
    const text = kubeconfig({ server: `https://127.0.0.1:${fake.port}` })
    expect(await withText({ text })).to.match(/cannot be reached: it does not speak TLS$/)
    await fake.close()
  })

  it('of a version of k3s that nobody knows', async () => {
    expect(await problemOf(k3sCluster({ version: 'v9' }))).to.match(
      /^no image of k3s is known for version v9$/,
    )
  })

  it('of no Docker', async () => {
    const ran = await runPodproof(['test', 'specs/lifecycle/hooks.spec.ts', '--cluster', 'k3s'], {
      env: { DOCKER_HOST: `unix://${join(folder, 'no.sock')}`, HOME: folder },
    })
    expect(ran.stderr).to.match(
      /podproof: k3s cannot be started from rancher\/k3s:\S+: no Docker engine answers/,
    )
    expect(ran.code).to.equal(3)
  })

  it('ends a run before any test, with exit code 3', async () => {
    const file = join(folder, 'kubeconfig')
    writeFileSync(file, kubeconfig())
    const ran = await runPodproof(['test', 'specs/lifecycle/hooks.spec.ts', '--cluster', 'kubeconfig'], {
      env: { KUBECONFIG: file },
    })
    expect(ran.stderr).to.match(
      /^podproof: the API server of the context "here" .* cannot be reached: nobody listens there\n {2}start/,
    )
    expect(ran.stdout).to.equal('')
    expect(ran.code).to.equal(3)
  })

  it('of a file that does not exist', async () => {
    expect(await problemOf(kubeconfigCluster({ file: join(folder, 'nowhere') }))).to.match(
      /^there is no file/,
    )
  })
})
