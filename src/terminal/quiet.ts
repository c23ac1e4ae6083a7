// Whether a process of the host has nothing left to do but wait: read from Linux's /proc.

import { readdirSync, readFileSync, readlinkSync } from 'node:fs'

/** Whether this host tells: only Linux has /proc. */
export const canTellQuiet = process.platform === 'linux'

/**
 * Whether every thread of a process sleeps and no connection of it carries bytes that somebody has still to read: those
 * that were sent to it, and those that it has sent itself. A process that was sent something is not quiet from the moment
 * of the sending until it waits again, however slow the host is: its thread is runnable, its socket is not empty, or the
 * bytes are still on their way (the loopback delivers late on a busy host), and so unacknowledged at the sender's end.
 */
export function isQuiet(pid: number): boolean {
  try {
    return areThreadsAsleep(pid) && !hasBytesUnderWay(pid) && areThreadsAsleep(pid)
  } catch (error) {
    // It has ended while we looked: whoever waits for it hears of that by itself.
    if (isGone(error)) return false
    throw error
  }
}

function areThreadsAsleep(pid: number): boolean {
  return threadStates(pid).every((state) => state === 'S')
}

/** The third field of stat; the second, a name in parentheses, may hold anything. */
function threadStates(pid: number): string[] {
  return readdirSync(`/proc/${pid}/task`).map((thread) => {
    const stat = readFileSync(`/proc/${pid}/task/${thread}/stat`, 'latin1')
    return stat.slice(stat.lastIndexOf(')') + 2, stat.lastIndexOf(')') + 3)
  })
}

function hasBytesUnderWay(pid: number): boolean {
  const inodes = socketInodes(pid)
  if (inodes.size === 0) return false
  const sockets = ['tcp', 'tcp6'].flatMap((table) => socketsIn(`/proc/${pid}/net/${table}`))
  const own = new Set(sockets.filter(({ inode }) => inodes.has(inode)).map(({ local }) => local))
  return sockets.some(({ local, remote, queued }) => queued && (own.has(local) || own.has(remote)))
}

interface SocketRow {
  /** `address:port`, in the kernel's hexadecimal. */
  readonly local: string
  readonly remote: string
  readonly inode: string
  /** Whether bytes wait in it: sent and not acknowledged, or received and not read. */
  readonly queued: boolean
}

/**
 * The established connections of a table. Fields of /proc/net/tcp: 1 and 2 are the addresses, 3 the state (01:
 * established), 4 is tx_queue:rx_queue in hexadecimal, 9 the inode.
 */
function socketsIn(table: string): SocketRow[] {
  const rows = readFileSync(table, 'latin1').split('\n').slice(1)
  return rows.flatMap((row) => {
    const [, local = '', remote = '', state, queues = '', , , , , inode = ''] = row.trim().split(/\s+/)
    return state === '01' ? [{ local, remote, inode, queued: !/^0+:0+$/.test(queues) }] : []
  })
}

function socketInodes(pid: number): Set<string> {
  const inodes = new Set<string>()
  for (const descriptor of readdirSync(`/proc/${pid}/fd`)) {
    const inode = /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${descriptor}`))?.[1]
    if (inode) inodes.add(inode)
  }
  return inodes
}

function isGone(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ESRCH')
}
