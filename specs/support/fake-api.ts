// An API server that is not fit for claims: each spec says in what respect.

import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface FakeApiOptions {
  readonly version?: string
  /** Rights that nobody has, as `verb resource`. */
  readonly denied?: readonly string[]
  readonly nodes?: number
  /** Answered to everything. */
  readonly status?: number
  readonly text?: string
}

export interface FakeApi {
  readonly port: number
  close(): Promise<void>
}

export async function startFakeApi(options: FakeApiOptions): Promise<FakeApi> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const [status, body] = answerTo(request.url ?? '/', Buffer.concat(chunks).toString(), options)
      response.writeHead(status, { 'content-type': 'application/json' })
      response.end(typeof body === 'string' ? body : JSON.stringify(body))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

interface Review {
  readonly spec: {
    readonly resourceAttributes: {
      readonly verb: string
      readonly resource: string
      readonly subresource?: string
    }
  }
}

function answerTo(url: string, text: string, options: FakeApiOptions): readonly [number, unknown] {
  const { version = 'v1.36.2', denied = [], nodes = 1, status, text: fixed } = options
  const { pathname } = new URL(url, 'http://localhost')
  const isClock = pathname.startsWith('/podproof')
  if (fixed !== undefined || status !== undefined) return [isClock ? 404 : (status ?? 200), fixed ?? {}]
  if (pathname === '/version') return [200, { gitVersion: version }]
  if (pathname === '/api/v1/nodes') return [200, { items: Array.from({ length: nodes }, () => ({})) }]
  if (!pathname.endsWith('/selfsubjectaccessreviews')) return [404, {}]
  const { verb, resource, subresource } = (JSON.parse(text) as Review).spec.resourceAttributes
  const right = `${verb} ${resource}${subresource ? `/${subresource}` : ''}`
  return [201, { status: { allowed: !denied.includes(right) } }]
}
