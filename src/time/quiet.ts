// Whether a process of the host has nothing left to do but wait: read from Linux's /proc.

import { closeSync, openSync, readdirSync, readlinkSync, readSync } from 'node:fs'

/** Whether this host tells: only Linux has /proc. */
export const canTellQuiet = process.platform === 'linux'

/**
 * Answers, each time when it is asked, whether a process has done nothing since it was asked before: whether every thread sleeps
 * and none has slept once more since, and no connection carries bytes that somebody has still to read, those that were
 * sent to it and those that it has sent itself. A process that was sent something is not quiet from the moment of the
 * sending until it waits again, however slow the host is: its thread is runnable, its socket is not empty, or the bytes are
 * still on their way (the loopback delivers late on a busy host), and so unacknowledged at the sender's end. One that was
 * stopped (Ctrl-Z) is quiet whatever it was sent: it answers nothing before it is continued.
 */
export function quietness(pid: number): () => boolean {
  let before: readonly Thread[] = []
  return () => {
    try {
      const after = threadsOf(pid)
      const hasRun = !hasNothingRun(before, after)
      before = after
      return isStopped(after) || (!hasRun && !hasBytesUnderWay(pid) && hasNothingRun(after, threadsOf(pid)))
    } catch (error) {
      // It has ended while we looked: whoever waits for it hears of that by itself.
      if (isGone(error)) return false
      throw error
    }
  }
}

/** One end of a connection: an address of IPv4 and a port. */
export interface Endpoint {
  readonly address: string
  readonly port: number
}

/**
 * The id of the process of this host that holds the other end of a connection over the loopback, `far` from here; undefined
 * where that cannot be told: the client lives in another container or host, or belongs to somebody else.
 */
export function processAt(far: Endpoint, near: Endpoint): number | undefined {
  if (!canTellQuiet) return undefined
  const [local, remote] = [inKernelWords(far), inKernelWords(near)]
  const row = socketsIn('/proc/net/tcp').find((row) => row.local === local && row.remote === remote)
  return row && holderOf(row.inode)
}

/** `0100007F:1F90` for 127.0.0.1:8080 (net/ipv4/tcp_ipv4.c: get_tcp4_sock, on a machine with the low byte first). */
function inKernelWords({ address, port }: Endpoint): string {
  const hexadecimal = (value: number, digits: number) =>
    value.toString(16).toUpperCase().padStart(digits, '0')
  const bytes = address.split('.').map((byte) => hexadecimal(Number(byte), 2))
  return `${bytes.toReversed().join('')}:${hexadecimal(port, 4)}`
}

/** The newest processes are looked at first: a client is younger than most. */
function holderOf(inode: string): number | undefined {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  const newestFirst = pids.map(Number).toSorted((one, other) => other - one)
  return newestFirst.find((pid) => holds(pid, inode))
}

function holds(pid: number, inode: string): boolean {
  try {
    return socketInodes(pid).has(inode)
  } catch {
    return false // it has ended, or is somebody else's
  }
}

function isStopped(threads: readonly Thread[]): boolean {
  return threads.every(({ state }) => /[Tt]/.test(state))
}

/** Threads that wake each other while they are looked at one after the other may all seem asleep: only two looks tell. */
function hasNothingRun(before: readonly Thread[], after: readonly Thread[]): boolean {
  const isSame = after.every(
    ({ state, switches }, index) => state.startsWith('S') && switches === before[index]?.switches,
  )
  return before.length === after.length && isSame
}

/** A thread as it was seen. */
interface Thread {
  /** `S (sleeping)` */
  readonly state: string
  /** How often it has gone to sleep, or was made to wait. */
  readonly switches: string
}

/** Out of the files `status`; man 5 proc_pid_status names their fields. */
function threadsOf(pid: number): Thread[] {
  return readdirSync(`/proc/${pid}/task`).map((thread) => {
    const status = readWhole(`/proc/${pid}/task/${thread}/status`)
    const [, state = ''] = /^State:\t(.*)$/m.exec(status) ?? []
    const [switches = ''] = /^voluntary_ctxt_switches:[^]*/m.exec(status) ?? []
    return { state, switches }
  })
}

/**
 * Both ends of a connection over the loopback stand in the same table. The table of IPv6 is read only for a process that
 * has a socket there, for reading a table walks through all that the kernel could hold.
 */
function hasBytesUnderWay(pid: number): boolean {
  const inodes = socketInodes(pid)
  for (const table of ['tcp', 'tcp6']) {
    if (inodes.size === 0) return false
    const sockets = socketsIn(`/proc/${pid}/net/${table}`)
    const own = new Set<string>()
    for (const { inode, local } of sockets) if (inodes.delete(inode)) own.add(local)
    if (sockets.some(({ local, remote, queued }) => queued && (own.has(local) || own.has(remote))))
      return true
  }
  return false
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
const ESTABLISHED = /^ *\d+: (\S+) (\S+) 01 (\S+) +\S+ +\S+ +\d+ +\d+ (\d+)/gm

function socketsIn(table: string): SocketRow[] {
  const rows = readWhole(table).matchAll(ESTABLISHED)
  return [...rows].map(([, local = '', remote = '', queues = '', inode = '']) => ({
    local,
    remote,
    inode,
    queued: !/^0+:0+$/.test(queues),
  }))
}

/** The kernel gives such a file out by the page: one buffer for all reads saves most of the cost. */
const buffer = Buffer.allocUnsafe(65_536)

function readWhole(file: string): string {
  const descriptor = openSync(file, 'r')
  try {
    let text = ''
    let size
    do {
      size = readSync(descriptor, buffer, 0, buffer.length, null)
      text += buffer.toString('latin1', 0, size)
    } while (size > 0)
    return text
  } finally {
    closeSync(descriptor)
  }
}

function socketInodes(pid: number): Set<string> {
  const links = readdirSync(`/proc/${pid}/fd`).map((descriptor) => linkOf(`/proc/${pid}/fd/${descriptor}`))
  return new Set(links.flatMap((link) => /^socket:\[(\d+)\]$/.exec(link)?.[1] ?? []))
}

/** Where a link leads; nowhere if it was taken away since it was listed. */
function linkOf(path: string): string {
  try {
    return readlinkSync(path)
  } catch (error) {
    if (isGone(error)) return ''
    throw error
  }
}

function isGone(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ESRCH')
}
