// Who is asking: a bearer token, a client certificate, or nobody in particular.

import { timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { TLSSocket } from 'node:tls'
import { unauthorized } from '../../store/api-error.ts'
import type { User } from './user.ts'
import { admin, anonymous } from './user.ts'

/** Tells who makes a request, by the one token that the kubeconfig holds. */
export class Authentication {
  #token: Buffer
  #isPlain: boolean

  /** `isPlain`: clients send no token without TLS; the secret is the first part of the server's path then. */
  constructor(token: string, isPlain: boolean) {
    this.#token = Buffer.from(token)
    this.#isPlain = isPlain
  }

  /** The path as the API knows it: without the secret, which is in front of it on a plain server. */
  pathOf({ url = '/' }: IncomingMessage): string {
    const [, first, rest] = /^\/([^/?]*)(.*)$/.exec(url) ?? []
    return this.#isPlain && first !== undefined && this.#isToken(first) ? rest || '/' : url
  }

  /**
   * The user of a request. No credentials, an empty token and any other scheme are nobody's; a wrong token is a 401
   * (golden exchanges `basic-auth`, `bearer-empty`, `bad-token-*`). An administrator may act as another.
   */
  userOf(request: IncomingMessage): User {
    const user = this.#authenticated(request)
    const name = request.headers['impersonate-user']
    if (user !== admin || typeof name !== 'string') return user
    return { name, groups: [request.headers['impersonate-group'] ?? []].flat() }
  }

  #authenticated(request: IncomingMessage): User {
    const { headers, socket } = request
    if (this.#isPlain && this.pathOf(request) !== request.url) return admin
    const token = /^Bearer +(.+)$/i.exec(headers.authorization ?? '')?.[1]
    if (token !== undefined) {
      if (this.#isToken(token)) return admin
      throw unauthorized()
    }
    // The server's own authority signs one client certificate, so whoever holds a valid one is the administrator.
    return socket instanceof TLSSocket && socket.authorized ? admin : anonymous
  }

  #isToken(text: string): boolean {
    const bytes = Buffer.from(text)
    return bytes.length === this.#token.length && timingSafeEqual(bytes, this.#token)
  }
}
