// A whole cluster in this process: its clock, its control plane, its nodes and its network, wired together.

import { Random } from '../time/random.ts'
import { VirtualClock } from '../time/virtual.ts'
import { Api } from './api/api.ts'
import { bootstrap } from './bootstrap.ts'
import { CERTIFICATE_AUTHORITY } from './certificate-authority.ts'
import { controllers } from './controllers/controllers.ts'
import { admission } from './kinds/admission/admission.ts'
import { kinds } from './kinds/kinds.ts'
import { node as nodeKind } from './kinds/node.ts'
import { WorkerNode } from './kubelet/node.ts'
import type { KubeletRules } from './kubelet/parts.ts'
import type { Image } from './images/image.ts'
import type { DnsRule } from './network/cluster-dns.ts'
import { listenAsApiServer } from './network/api-server-port.ts'
import { ClusterNetwork } from './network/cluster-network.ts'
import type { NodeOptions } from './node-object.ts'
import { nodeObject } from './node-object.ts'
import { Scheduler } from './scheduler/scheduler.ts'
import { Registry } from './store/registry.ts'
import { Store } from './store/store.ts'
import type { Timing } from './timing.ts'
import { recordedTiming } from './timing.ts'

export interface SimulatorOptions {
  /** How many nodes (`node-1`, `node-2`...), or what they are; one unless told. */
  readonly nodes?: number | readonly NodeOptions[]
  /** The images that nodes have and can pull; all that there are unless told. */
  readonly images?: readonly Image[]
  /** Everything that may differ between two runs follows from it: uids, names, jitter, the date. */
  readonly seed?: string
  /** When the cluster began, in milliseconds since the Unix epoch; a date of the year 2026 drawn from the seed unless told. */
  readonly startedAtMs?: number
  /** How long things take; as on the recorded node unless told. */
  readonly timing?: Timing
  /** Rules that can be replaced, to see what depends on them. */
  readonly rules?: Rules
  /** The certificate that Pods find as ca.crt, as PEM. */
  readonly certificateAuthority?: string
}

/** Rules of the cluster that are a function of their own. */
export interface Rules {
  readonly dns?: DnsRule
  readonly kubelet?: KubeletRules
}

/** A running cluster. Nothing in it moves but inside `clock.pass`. */
export interface Simulator {
  readonly clock: VirtualClock
  readonly api: Api
  readonly registry: Registry
  readonly store: Store
  readonly network: ClusterNetwork
  readonly nodes: readonly WorkerNode[]
  /** Lets go of everything; the cluster is not to be used any more. */
  close(): void
}

/** Makes a cluster that has been up for a while. The same options give the same history, to the byte. */
export function simulator(options: SimulatorOptions = {}): Simulator {
  const { seed = 'podproof', timing = recordedTiming, rules = {} } = options
  const random = new Random(seed)
  const startedAtMs = options.startedAtMs ?? drawnStart(random.fork('start'))
  const clock = new VirtualClock(startedAtMs - SETTLING_MS)
  const now = () => clock.now()
  const store = new Store({ now })
  const registry = new Registry({ store, random: random.fork('registry'), admission, now })
  const common = { registry, timers: clock, timing }
  const network = new ClusterNetwork({
    ...common,
    store,
    random: random.fork('network'),
    ...(rules.dns && { dns: rules.dns }),
  })
  const joining = nodeOptions(options.nodes)
  const addresses = joining.map(({ name }) => network.addNode(name))
  bootstrap(registry, addresses[0] ?? '')
  if (joining[0]) listenAsApiServer(network.hostNetwork(joining[0].name))
  joining.forEach((node, index) => {
    const ids = random.fork(`node/${node.name}`)
    const machineId = ids.text(32, '0123456789abcdef')
    const place = { address: addresses[index] ?? '', index, atMs: now(), machineId, bootId: ids.uuid() }
    registry.create(nodeKind, nodeObject(node, place))
  })
  startControlPlane(options, { ...common, random }, joining[0]?.name ?? '')
  const nodes = joining.map(
    ({ name }) =>
      new WorkerNode({ ...common, name, network, random, images: options.images, rules: rules.kubelet }),
  )
  const byName = new Map(nodes.map((node) => [node.name, node]))
  const nodeStreams = (name: string) => {
    const node = byName.get(name)
    return node?.isKubeletRunning ? node.streams : undefined
  }
  const api = new Api({ registry, kinds, timers: clock, random: random.fork('api'), nodeStreams })
  settle(clock, startedAtMs)
  return {
    clock,
    api,
    registry,
    store,
    network,
    nodes,
    close: () => nodes.forEach((node) => node.stopKubelet()),
  }
}

/** Before a cluster is handed over, its namespaces have their ServiceAccounts, and its nodes have reported. */
const SETTLING_MS = 10_000

function settle(clock: VirtualClock, untilMs: number): void {
  while (clock.step(untilMs)) continue
  clock.advanceTo(untilMs)
}

function startControlPlane(
  { certificateAuthority = CERTIFICATE_AUTHORITY }: SimulatorOptions,
  parts: {
    readonly registry: Registry
    readonly timers: VirtualClock
    readonly timing: Timing
    readonly random: Random
  },
  host: string,
): void {
  const context = { ...parts, random: parts.random.fork('controllers'), certificateAuthority }
  for (const start of controllers) start(context)
  const scheduler = new Scheduler({ ...parts, random: parts.random.fork('scheduler'), host })
  scheduler.start()
}

const YEAR_2026_MS = Date.UTC(2026, 0, 1)
const DAY_MS = 86_400_000

/** A whole second of the year 2026. */
function drawnStart(random: Random): number {
  return YEAR_2026_MS + random.between(0, 364) * DAY_MS + random.between(0, 86_399) * 1_000
}

function nodeOptions(nodes: SimulatorOptions['nodes'] = 1): readonly NodeOptions[] {
  if (typeof nodes !== 'number') return nodes
  return Array.from({ length: nodes }, (_, index) => ({ name: `node-${index + 1}` }))
}
