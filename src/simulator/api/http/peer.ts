// The process at the other end of a connection, if it runs on this host and is kubectl.

import { readlinkSync } from 'node:fs'
import type { Socket } from 'node:net'
import { basename } from 'node:path'
import type { ClientProcess } from '../../../time/client-clock.ts'
import { processAt, quietness } from '../../../time/quiet.ts'

/**
 * Finds it once, when it is first asked for. Undefined for any other program: a proxy or a tunnel is quiet long before
 * the client behind it has answered.
 */
export function kubectlAt(socket: Socket): () => ClientProcess | undefined {
  let found: { readonly process: ClientProcess | undefined } | undefined
  return () => (found ??= { process: find(socket) }).process
}

function find({ remoteAddress, remotePort, remoteFamily, localAddress, localPort }: Socket) {
  if (remoteFamily !== 'IPv4') return undefined
  if (!remoteAddress || remotePort === undefined || !localAddress || localPort === undefined) return undefined
  const far = { address: remoteAddress, port: remotePort }
  const pid = processAt(far, { address: localAddress, port: localPort })
  return pid !== undefined && isKubectl(pid) ? { isQuiet: quietness(pid) } : undefined
}

function isKubectl(pid: number): boolean {
  try {
    return basename(readlinkSync(`/proc/${pid}/exe`)).startsWith('kubectl')
  } catch {
    return false // it has just ended
  }
}
