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

  constructor(token: string) {
    this.#token = Buffer.from(token)
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

  #authenticated({ headers, socket }: IncomingMessage): User {
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
