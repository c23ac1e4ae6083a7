// Streams need a connection that both sides can talk on: HTTP has to be upgraded.

import { badRequest } from '../../store/api-error.ts'
import type { Call } from '../call.ts'

/** A 400 for a plain request (streaming/proxy: upgradeaware.go). */
export function refuseWithoutUpgrade({ request }: Call): void {
  const { connection = '', upgrade } = request.headers ?? {}
  if (connection.toLowerCase().includes('upgrade') && upgrade) return
  throw badRequest('Upgrade request required')
}
