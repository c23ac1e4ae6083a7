// Simulators that other processes reach, each a context of one kubeconfig.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { serviceAccountIn } from '../../src/expect/open-session.ts'
import { clusterOf } from '../../src/cluster/simulator.ts'
import { serveApi } from '../../src/simulator/api/http/server.ts'
import { simulator } from '../../src/simulator/simulator.ts'
import type { Simulator, SimulatorOptions } from '../../src/simulator/simulator.ts'
import { LeapClock } from '../../src/time/leap.ts'

export interface ServedClusters {
  /** The kubeconfig's file. */
  readonly kubeconfig: string
  /** By the names of their contexts. */
  readonly simulators: Readonly<Record<string, Simulator>>
  close(): Promise<void>
}

/** Serves a simulator for each context, over TLS, on a clock that leaps; the first is the current one. */
export async function serveClusters(
  contexts: Readonly<Record<string, SimulatorOptions>>,
): Promise<ServedClusters> {
  const served = await Promise.all(Object.entries(contexts).map(([name, options]) => serve(name, options)))
  const folder = mkdtempSync(join(tmpdir(), 'podproof-served-'))
  const kubeconfig = join(folder, 'kubeconfig')
  const parts = served.map(({ config }) => config)
  const merged = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: parts.flatMap(({ clusters }) => clusters),
    users: parts.flatMap(({ users }) => users),
    contexts: parts.flatMap(({ contexts: own }) => own),
    'current-context': served[0]?.name,
  }
  writeFileSync(kubeconfig, JSON.stringify(merged), { mode: 0o600 })
  return {
    kubeconfig,
    simulators: Object.fromEntries(served.map(({ name, simulated }) => [name, simulated])),
    close: async () => {
      rmSync(folder, { recursive: true, force: true })
      for (const { close } of served) await close()
    },
  }
}

interface Config {
  readonly clusters: readonly { readonly cluster: object }[]
  readonly users: readonly { readonly user: object }[]
}

async function serve(name: string, options: SimulatorOptions) {
  const simulated = simulator({ seed: name, ...options })
  await serviceAccountIn(clusterOf(simulated), 'default')
  const clock = new LeapClock({ virtual: simulated.clock })
  const server = await serveApi({ api: simulated.api, clock, port: 0 })
  const { clusters, users } = JSON.parse(server.kubeConfig()) as Config
  return {
    name,
    simulated,
    config: {
      clusters: clusters.map(({ cluster }) => ({ name, cluster })),
      users: users.map(({ user }) => ({ name, user })),
      contexts: [{ name, context: { cluster: name, user: name } }],
    },
    close: async () => {
      await server.close()
      clock.close()
      simulated.close()
    },
  }
}
