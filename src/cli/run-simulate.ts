// Serves a simulator from the command line, from its first word to its clean end.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { clusterOf } from '../cluster/simulator.ts'
import { serviceAccountIn } from '../expect/open-session.ts'
import { writeKubeConfig } from '../simulator/api/http/kube-config.ts'
import type { ApiServer } from '../simulator/api/http/server.ts'
import { serveApi } from '../simulator/api/http/server.ts'
import { simulator } from '../simulator/simulator.ts'
import type { Simulator } from '../simulator/simulator.ts'
import type { ClientClock } from '../time/client-clock.ts'
import { hostWall } from '../time/host.ts'
import { LeapClock } from '../time/leap.ts'
import { PacedClock } from '../time/paced.ts'
import { applyManifests } from './apply-manifests.ts'
import { EXIT } from './exit-codes.ts'
import type { ExitCode } from './exit-codes.ts'
import { LiveView } from './live-view.ts'
import { mustExist } from './must-exist.ts'
import type { SimulateOptions } from './simulate.ts'
import { UsageError } from './usage-error.ts'

/** Serves until SIGINT or SIGTERM. Throws UsageError, and Error for a port that is taken or a manifest that is refused. */
export async function runSimulate(options: SimulateOptions): Promise<ExitCode> {
  const nodes = count('--nodes', options.nodes, 1)
  const port = count('--port', options.port, 0)
  const speed = speedOf(options.speed)
  mustExist(options.apply ?? [])
  const simulated = simulator({
    nodes,
    startedAtMs: hostWall.now(),
    ...(options.seed !== undefined && { seed: options.seed }),
  })
  const clock = clockOf(simulated, speed)
  const server = await serveApi({
    api: simulated.api,
    clock,
    port,
    tls: !options.plain,
    onFailure: (error) => console.error(error),
  })
  // From here on there is something to clear up: Ctrl-C is heard before the kubeconfig is written, not after.
  const isInterrupted = interrupted()
  const files = kubeConfigFile(options, server)
  try {
    const cluster = clusterOf(simulated)
    const prepared = serviceAccountIn(cluster, 'default').then(() =>
      applyManifests(cluster, options.apply ?? []),
    )
    await Promise.race([prepared, isInterrupted])
    console.log(welcome(files.path, server.url, options))
    const view = process.stdout.isTTY ? new LiveView(cluster, clock, process.stdout) : undefined
    await isInterrupted
    view?.close()
    return EXIT.held
  } finally {
    files.remove()
    await server.close()
    clock.close()
    simulated.close()
  }
}

function count(option: string, text: string, least: number): number {
  const number = Number(text)
  if (Number.isInteger(number) && number >= least) return number
  throw new UsageError(`${option} ${text}: expected a whole number from ${least} on`)
}

/** A factor, or `leap`. */
function speedOf(text: string): number | 'leap' {
  if (text === 'leap') return 'leap'
  const factor = /^(\d+(?:\.\d+)?)x?$/.exec(text)?.[1]
  if (factor !== undefined && Number(factor) > 0) return Number(factor)
  throw new UsageError(`--speed ${text}: expected 1, a factor like 10x, or leap`)
}

function clockOf({ clock: virtual }: Simulator, speed: number | 'leap'): ClientClock {
  if (speed !== 'leap') return new PacedClock({ virtual, speed })
  return new LeapClock({
    virtual,
    onStall: ({ because }) => console.error(`cluster time stands still: ${because.join('; ')}`),
  })
}

/** Writes the kubeconfig where it was asked for, or into a folder that goes with us. */
function kubeConfigFile({ kubeconfig }: SimulateOptions, server: ApiServer) {
  const folder = kubeconfig === undefined ? mkdtempSync(join(tmpdir(), 'podproof-')) : undefined
  const path = kubeconfig ?? join(folder ?? '', 'kubeconfig')
  writeKubeConfig(path, server.kubeConfig())
  return { path, remove: () => rmSync(folder ?? path, { recursive: true, force: true }) }
}

function welcome(path: string, url: string, { speed, nodes }: SimulateOptions): string {
  const pace =
    speed === 'leap' ? 'time leaps to what kubectl waits for' : `time goes at ${speed.replace(/x?$/, 'x')}`
  const size = nodes === '1' ? 'one node' : `${nodes} nodes`
  const address = new URL(url).origin
  return `A simulated Kubernetes v1.36.2 with ${size} at ${address}; ${pace}.

  export KUBECONFIG=${path}
  kubectl get pods -w

Ctrl-C ends it.`
}

function interrupted(): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGINT', () => resolve())
    process.once('SIGTERM', () => resolve())
  })
}
