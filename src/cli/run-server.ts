// Serves a simulator as an image of rancher/k3s serves k3s: same port, same file, same log line, no privileges.

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { hostname, networkInterfaces } from 'node:os'
import { dirname } from 'node:path'
import { stringify } from 'yaml'
import { clusterOf } from '../cluster/simulator.ts'
import { serviceAccountIn } from '../expect/open-session.ts'
import { serveApi } from '../simulator/api/http/server.ts'
import { simulator } from '../simulator/simulator.ts'
import { hostWall } from '../time/host.ts'
import { LeapClock } from '../time/leap.ts'
import { serveNode } from './container/node-socket.ts'
import { EXIT } from './exit-codes.ts'
import type { ExitCode } from './exit-codes.ts'
import type { ServerOptions } from './server.ts'
import { UsageError } from './usage-error.ts'

/**
 * What clients of k3s containers wait for in the log, before they read the kubeconfig.
 * Source: testcontainers, modules k3s of Node (k3s-container.ts), Java (K3sContainer.java), Go (k3s.go) and .NET.
 */
const READY_LINE = 'Node controller sync successful'
/** k3s keeps its kubeconfig to its owner unless told (docs.k3s.io, k3s server: --write-kubeconfig-mode). */
const KUBECONFIG_MODE = '600'

/** Serves until SIGINT or SIGTERM. Throws UsageError, and Error for a port that is taken. */
export async function runServer(options: ServerOptions): Promise<ExitCode> {
  const mode = modeOf(options.writeKubeconfigMode ?? process.env['K3S_KUBECONFIG_MODE'] ?? KUBECONFIG_MODE)
  const port = portOf(options.httpsListenPort)
  const { nodeName, seed } = options
  const simulated = simulator({
    nodes: [{ name: nodeName }],
    startedAtMs: hostWall.now(),
    ...(seed !== undefined && { seed }),
  })
  const clock = new LeapClock({
    virtual: simulated.clock,
    onStall: ({ because }) => log(`cluster time stands still: ${because.join('; ')}`),
  })
  const server = await serveApi({
    api: simulated.api,
    clock,
    host: '0.0.0.0',
    port,
    names: [...ownNames(), ...(options.tlsSan ?? [])],
    onFailure: (error) => console.error(error),
  })
  const ended = interrupted()
  const closeNode = await serveNode(() => simulated.nodes[0]?.containers() ?? [], options.nodeSocket)
  await serviceAccountIn(clusterOf(simulated), 'default')
  mkdirSync(dirname(options.writeKubeconfig), { recursive: true })
  writeFileSync(options.writeKubeconfig, blockStyle(server.kubeConfig(), port), { mode })
  log(`Wrote kubeconfig ${options.writeKubeconfig}`)
  log(READY_LINE)
  await ended
  await closeNode()
  await server.close()
  clock.close()
  simulated.close()
  return EXIT.held
}

/** The names under which other containers of a network know this one, and the address of its host in that network. */
function ownNames(): readonly string[] {
  const addresses = Object.values(networkInterfaces()).flatMap((found) => found ?? [])
  const own = addresses.filter(({ internal }) => !internal).map(({ address }) => address)
  return [hostname(), ...own, ...gateways()]
}

/** Linux writes the next hops of its routes as hexadecimal numbers of the host's byte order (proc(5): /proc/net/route). */
function gateways(): readonly string[] {
  const file = '/proc/net/route'
  if (!existsSync(file)) return []
  const hops = readFileSync(file, 'utf8')
    .split('\n')
    .map((line) => line.split('\t')[2] ?? '')
  return hops
    .filter((hop) => /^[0-9A-F]{8}$/.test(hop) && hop !== '00000000')
    .map((hop) => [...Buffer.from(hop, 'hex')].toReversed().join('.'))
}

/**
 * In block style, with `server: https://127.0.0.1:6443` in a line of its own: the modules of testcontainers replace it as
 * text, by the address under which they reach the container.
 */
function blockStyle(kubeConfig: string, port: number): string {
  return stringify(JSON.parse(kubeConfig)).replace(/(server: https:\/\/)\S+/, `$1127.0.0.1:${port}`)
}

function log(message: string): void {
  console.log(`time="${new Date(hostWall.now()).toISOString()}" level=info msg=${JSON.stringify(message)}`)
}

function portOf(text: string): number {
  const port = Number(text)
  if (Number.isInteger(port) && port >= 0 && port < 65_536) return port
  throw new UsageError(`--https-listen-port ${text}: expected a port`)
}

function modeOf(text: string): number {
  if (/^[0-7]{3,4}$/.test(text)) return Number.parseInt(text, 8)
  throw new UsageError(`--write-kubeconfig-mode ${text}: expected octal digits such as 644`)
}

function interrupted(): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGINT', () => resolve())
    process.once('SIGTERM', () => resolve())
  })
}
