// A served simulator for specs, and a client that does nothing by itself.

import { request as plainRequest } from 'node:http'
import type { IncomingMessage, RequestOptions } from 'node:http'
import { request as tlsRequest } from 'node:https'
import { LeapClock } from '../../../src/time/leap.ts'
import { serveApi } from '../../../src/simulator/api/http/server.ts'
import type { ApiServer } from '../../../src/simulator/api/http/server.ts'
import { simulator } from '../../../src/simulator/simulator.ts'
import type { Simulator } from '../../../src/simulator/simulator.ts'

export interface Served {
  readonly simulated: Simulator
  readonly clock: LeapClock
  /** Lets time go that stands from the start. */
  readonly letGo: () => void
  readonly server: ApiServer
  /** What its kubeconfig says. */
  readonly access: Access
  /** A whole exchange, with the kubeconfig's credentials unless told. */
  ask(path: string, options?: Ask): Promise<Answer>
  /** A request whose answer is still to come; the caller reads it, or breaks off. */
  open(path: string, options?: Ask): Promise<IncomingMessage>
  /** Resolves when time walks: nobody asks, waits for an end or may still answer. */
  walks(): Promise<void>
  close(): Promise<void>
}

export interface Access {
  readonly server: string
  readonly token: string
  readonly ca: string | undefined
  readonly cert: string | undefined
  readonly key: string | undefined
}

export interface Ask {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Buffer
  readonly credentials?: 'certificate' | 'none' | 'token'
}

export interface Answer {
  readonly status: number | undefined
  readonly headers: IncomingMessage['headers']
  readonly text: string
  readonly json: unknown
}

/** What is simulated, and how it is served. */
export type ServedOptions = Parameters<typeof simulator>[0] & {
  /** True if left out. */
  readonly tls?: boolean
  /** Whether time stands until `letGo`, so that the host's speed cannot matter. */
  readonly isStanding?: boolean
}

export async function served({
  tls = true,
  isStanding = false,
  ...options
}: ServedOptions = {}): Promise<Served> {
  const simulated = simulator(options)
  // Owned from its first millisecond on, it has not moved when it is let go.
  const clock = new LeapClock({ virtual: simulated.clock, isOwned: isStanding })
  const owner = isStanding ? clock.own() : undefined
  const letGo = () => owner?.release()
  const server = await serveApi({ api: simulated.api, clock, tls })
  const access = accessOf(server.kubeConfig())
  const open = (path: string, ask: Ask = {}) => send(access, path, ask)
  return {
    simulated,
    clock,
    letGo,
    server,
    access,
    open,
    ask: async (path, ask) => {
      const response = await open(path, ask)
      const chunks: Buffer[] = []
      for await (const chunk of response as AsyncIterable<Buffer>) chunks.push(chunk)
      const text = Buffer.concat(chunks).toString()
      const isJson = response.headers['content-type']?.startsWith('application/json')
      return {
        status: response.statusCode,
        headers: response.headers,
        text,
        json: isJson ? JSON.parse(text) : undefined,
      }
    },
    walks: async () => {
      while (clock.state().motion !== 'walks') await new Promise((resolve) => setImmediate(resolve))
    },
    close: async () => {
      await server.close()
      clock.close()
      simulated.close()
    },
  }
}

interface KubeConfig {
  readonly clusters: readonly [{ readonly cluster: Readonly<Record<string, string | undefined>> }]
  readonly users: readonly [{ readonly user: Readonly<Record<string, string | undefined>> }]
}

function accessOf(text: string): Access {
  const { clusters, users } = JSON.parse(text) as KubeConfig
  const { cluster } = clusters[0]
  const { user } = users[0]
  const pem = (data: string | undefined) =>
    data === undefined ? undefined : Buffer.from(data, 'base64').toString()
  return {
    server: cluster['server'] ?? '',
    token: user['token'] ?? '',
    ca: pem(cluster['certificate-authority-data']),
    cert: pem(user['client-certificate-data']),
    key: pem(user['client-key-data']),
  }
}

function send(access: Access, path: string, { method = 'GET', headers, body, credentials = 'token' }: Ask) {
  const url = new URL(access.server + path)
  const { ca, cert, key } = access
  const options: RequestOptions & { ca?: string; cert?: string; key?: string } = {
    method,
    agent: false,
    headers: { ...(credentials === 'token' && { authorization: `Bearer ${access.token}` }), ...headers },
    ...(ca !== undefined && { ca }),
    ...(credentials === 'certificate' && cert !== undefined && key !== undefined && { cert, key }),
  }
  return new Promise<IncomingMessage>((resolve, reject) => {
    const request =
      url.protocol === 'https:' ? tlsRequest(url, options, resolve) : plainRequest(url, options, resolve)
    request.on('error', reject)
    request.end(body)
  })
}
