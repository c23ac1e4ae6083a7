// A real Docker engine for specs: the one that runs here, or Debian's dockerd started for the occasion.

import { execFileSync, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** An engine that answers. */
export interface Docker {
  /** `unix:///var/run/docker.sock` */
  readonly host: string
  /** Whether privileged containers can start: where the host withholds a capability, they cannot. */
  readonly isPrivileged: boolean
  /** Runs the client; answers what it prints. Throws with what it complains of. */
  run(...args: readonly string[]): string
  /** Ends the engine if it was started here, and removes all of its files. */
  stop(): Promise<void>
}

/** Why there can be no engine here. */
export interface NoDocker {
  readonly reason: string
}

const CLIENTS = ['/usr/bin/docker', '/usr/local/bin/docker']
const DEFAULT_HOST = 'unix:///var/run/docker.sock'
const START_MS = 60_000

export async function docker(): Promise<Docker | NoDocker> {
  const client = CLIENTS.find((path) => existsSync(path))
  if (!client) return { reason: 'there is no docker client (apt-get install docker.io)' }
  const host = process.env['DOCKER_HOST'] ?? DEFAULT_HOST
  if (await answers(host)) return engine(client, host, () => Promise.resolve())
  if (!existsSync('/usr/sbin/dockerd'))
    return { reason: 'no Docker engine runs, and dockerd is not installed' }
  if (process.getuid?.() !== 0) return { reason: 'no Docker engine runs, and only root can start one' }
  return start(client)
}

async function start(client: string): Promise<Docker | NoDocker> {
  const folder = mkdtempSync(join(tmpdir(), 'podproof-docker-'))
  const at = (name: string) => join(folder, name)
  const host = `unix://${at('docker.sock')}`
  const folders = ['--data-root', at('data'), '--exec-root', at('exec'), '--pidfile', at('pid')]
  const daemon = spawn('/usr/sbin/dockerd', [...folders, '-H', host], { stdio: ['ignore', 'ignore', 'pipe'] })
  let said = ''
  daemon.stderr.on('data', (chunk: Buffer) => (said = (said + chunk.toString()).slice(-2_000)))
  const exited = new Promise<void>((resolve) => daemon.once('exit', () => resolve()))
  const stop = async () => {
    daemon.kill('SIGTERM')
    await exited
    rmSync(folder, { recursive: true, force: true })
  }
  for (let waitedMs = 0; waitedMs < START_MS && daemon.exitCode === null; waitedMs += 100) {
    if (await answers(host)) return engine(client, host, stop)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  await stop()
  return { reason: `dockerd does not start here: ${said.trim().split('\n').at(-1) ?? 'it says nothing'}` }
}

function engine(client: string, host: string, stop: () => Promise<void>): Docker {
  return {
    host,
    isPrivileged: holdsEveryCapability(),
    run: (...args) =>
      execFileSync(client, ['-H', host, ...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }),
    stop,
  }
}

/** A privileged container gets all that the kernel knows; an engine that has less itself cannot give it. */
function holdsEveryCapability(): boolean {
  const bounding = /^CapBnd:\s*([0-9a-f]+)/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? '0'
  const last = Number(readFileSync('/proc/sys/kernel/cap_last_cap', 'utf8'))
  return BigInt(`0x${bounding}`) === (1n << BigInt(last + 1)) - 1n
}

/** Whether somebody listens there; engines behind other schemes than unix are taken at their word. */
function answers(host: string): Promise<boolean> {
  if (!host.startsWith('unix://')) return Promise.resolve(true)
  return new Promise((resolve) => {
    const socket = connect(host.slice('unix://'.length))
    socket.once('connect', () => resolve(true))
    socket.once('error', () => resolve(false))
    socket.once('connect', () => socket.destroy())
  })
}
