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
import type { DnsRule } from './network/cluster-dns.ts'
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
}

/** A running cluster. Nothing in it moves but inside `clock.pass`. */
export interface Simulator {
  readonly clock: VirtualClock
  readonly api: Api
  readonly registry: Registry
  readonly store: Store
  readonly network: ClusterNetwork
  /** Lets go of everything; the cluster is not to be used any more. */
  close(): void
}

/** Makes a cluster. The same options give the same history, to the byte. */
export function simulator(options: SimulatorOptions = {}): Simulator {
  const { seed = 'podproof', timing = recordedTiming, rules = {} } = options
  const random = new Random(seed)
  const clock = new VirtualClock(options.startedAtMs ?? drawnStart(random.fork('start')))
  const now = () => clock.now()
  const store = new Store({ now })
  const registry = new Registry({ store, random: random.fork('registry'), admission, now })
  const network = new ClusterNetwork({
    store,
    timers: clock,
    timing,
    random: random.fork('network'),
    ...(rules.dns && { dns: rules.dns }),
  })
  const nodes = nodeOptions(options.nodes)
  const addresses = nodes.map(({ name }) => network.addNode(name))
  bootstrap(registry, addresses[0] ?? '')
  nodes.forEach((node, index) => {
    const ids = random.fork(`node/${node.name}`)
    registry.create(
      nodeKind,
      nodeObject(node, {
        address: addresses[index] ?? '',
        index,
        atMs: clock.now(),
        machineId: ids.text(32, '0123456789abcdef'),
        bootId: ids.uuid(),
      }),
    )
  })
  const { certificateAuthority = CERTIFICATE_AUTHORITY } = options
  const context = {
    registry,
    timers: clock,
    timing,
    random: random.fork('controllers'),
    certificateAuthority,
  }
  for (const start of controllers) start(context)
  void new Scheduler({
    registry,
    timers: clock,
    timing,
    random: random.fork('scheduler'),
    host: nodes[0]?.name ?? '',
  })
  const api = new Api({ registry, kinds, timers: clock, random: random.fork('api') })
  return { clock, api, registry, store, network, close: () => {} }
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
