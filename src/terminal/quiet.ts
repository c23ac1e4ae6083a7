// Whether a process of the host has nothing left to do but wait: read from Linux's /proc.

import { readdirSync, readFileSync, readlinkSync } from 'node:fs'

/** Whether this host tells: only Linux has /proc. */
export const canTellQuiet = process.platform === 'linux'

/**
 * Whether every thread of a process sleeps and no socket of it holds bytes that it has not read. A process that was sent
 * something is not quiet from the moment of the sending until it waits again, however slow the host is: its thread is
 * runnable, or its socket is not empty.
 */
export function isQuiet(pid: number): boolean {
  try {
    return threadStates(pid).every((state) => state === 'S') && !hasUnreadBytes(pid)
  } catch (error) {
    // It has ended while we looked: whoever waits for it hears of that by itself.
    if (isGone(error)) return false
    throw error
  }
}

/** The third field of stat; the second, a name in parentheses, may hold anything. */
function threadStates(pid: number): string[] {
  return readdirSync(`/proc/${pid}/task`).map((thread) => {
    const stat = readFileSync(`/proc/${pid}/task/${thread}/stat`, 'latin1')
    return stat.slice(stat.lastIndexOf(')') + 2, stat.lastIndexOf(')') + 3)
  })
}

function hasUnreadBytes(pid: number): boolean {
  const inodes = socketInodes(pid)
  if (inodes.size === 0) return false
  return [`/proc/${pid}/net/tcp`, `/proc/${pid}/net/tcp6`].some((table) =>
    readFileSync(table, 'latin1')
      .split('\n')
      .some((line) => isUnread(line, inodes)),
  )
}

function socketInodes(pid: number): Set<string> {
  const inodes = new Set<string>()
  for (const descriptor of readdirSync(`/proc/${pid}/fd`)) {
    const inode = /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${descriptor}`))?.[1]
    if (inode) inodes.add(inode)
  }
  return inodes
}

/** Fields of /proc/net/tcp: 4 is tx_queue:rx_queue in hexadecimal, 9 the inode. */
function isUnread(line: string, inodes: ReadonlySet<string>): boolean {
  const fields = line.trim().split(/\s+/)
  return inodes.has(fields[9] ?? '') && !/:0+$/.test(fields[4] ?? '')
}

function isGone(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ESRCH')
}
