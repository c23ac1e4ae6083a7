// Random Pods, and what is done to them: what fast-check draws, and shrinks to what a reader can follow.

import * as fc from 'fast-check'

/** How a container behaves. */
export interface ContainerPlan {
  readonly role: 'init' | 'sidecar' | 'main'
  /** Seconds until it ends by itself. */
  readonly runs: number
  readonly exits: number
  /** On TERM it ends at once, goes on for some seconds, or takes no notice. */
  readonly onTerm: 'ends' | 'ignores' | number
  readonly postStart?: HookPlan | undefined
  readonly preStop?: HookPlan | undefined
  readonly startup?: ProbePlan | undefined
  readonly liveness?: ProbePlan | undefined
  readonly readiness?: ProbePlan | undefined
  /** Its own restart policy, in place of the Pod's. */
  readonly restarts?: RestartPlan | undefined
}

export interface HookPlan {
  readonly action: 'exec' | 'sleep'
  readonly seconds: number
  readonly exits: number
}

/** Fails until so many seconds after the start of the container, then holds until it fails for good. */
export interface ProbePlan {
  readonly holdsFrom: number
  readonly failsFrom: number
  readonly periodSeconds: number
  readonly failureThreshold: number
  readonly initialDelaySeconds: number
}

export interface RestartPlan {
  readonly policy: 'Always' | 'OnFailure' | 'Never'
  /** Exit codes after which it is restarted whatever its policy; `all` restarts all containers. */
  readonly rule?:
    { readonly codes: readonly number[]; readonly action: 'Restart' | 'RestartAllContainers' } | undefined
}

export interface DeletePlan {
  readonly atSeconds: number
  /** The Pod's own grace period where it is left out. */
  readonly graceSeconds?: number | undefined
}

export interface PodPlan {
  readonly restartPolicy: 'Always' | 'OnFailure' | 'Never'
  readonly graceSeconds: number
  readonly deadlineSeconds?: number | undefined
  readonly containers: readonly ContainerPlan[]
  readonly deletes: readonly DeletePlan[]
  /** Of the simulator's latencies. */
  readonly seed: number
}

const seconds = (max: number) => fc.integer({ min: 0, max })
const exitCode = fc.constantFrom(0, 0, 1, 42)
/** Most Pods have few of these. */
const rarely = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: undefined, freq: 3 })

const hook: fc.Arbitrary<HookPlan> = fc.record({
  action: fc.constantFrom('exec', 'sleep'),
  seconds: seconds(8),
  exits: fc.constantFrom(0, 0, 1),
})

const probe: fc.Arbitrary<ProbePlan> = fc.record({
  holdsFrom: seconds(6),
  failsFrom: fc.constantFrom(1_000, 1_000, 12),
  periodSeconds: fc.integer({ min: 1, max: 5 }),
  failureThreshold: fc.integer({ min: 1, max: 3 }),
  initialDelaySeconds: seconds(4),
})

const restarts: fc.Arbitrary<RestartPlan> = fc.record({
  policy: fc.constantFrom('Always', 'OnFailure', 'Never'),
  rule: rarely(
    fc.record({
      codes: fc.uniqueArray(fc.constantFrom(1, 42), { minLength: 1 }),
      action: fc.constantFrom('Restart', 'Restart', 'RestartAllContainers'),
    }),
  ),
})

const behaviour = {
  runs: fc.oneof(seconds(10), fc.constant(600)),
  exits: exitCode,
  onTerm: fc.oneof(
    fc.constant('ends' as const),
    fc.constant('ignores' as const),
    fc.integer({ min: 1, max: 12 }),
  ),
}

const hooksAndProbes = {
  postStart: rarely(hook),
  preStop: rarely(hook),
  startup: rarely(probe),
  liveness: rarely(probe),
  readiness: rarely(probe),
}

const initContainer: fc.Arbitrary<ContainerPlan> = fc.record({
  role: fc.constant('init' as const),
  ...behaviour,
  runs: seconds(5),
  exits: fc.constantFrom(0, 0, 0, 0, 1),
})
const sidecar: fc.Arbitrary<ContainerPlan> = fc.record({
  role: fc.constant('sidecar' as const),
  ...behaviour,
  ...hooksAndProbes,
})
const main: fc.Arbitrary<ContainerPlan> = fc.record({
  role: fc.constant('main' as const),
  ...behaviour,
  ...hooksAndProbes,
  restarts: rarely(restarts),
})

const deletion: fc.Arbitrary<DeletePlan> = fc.record({
  atSeconds: seconds(40),
  graceSeconds: fc.option(fc.integer({ min: 0, max: 20 }), { nil: undefined }),
})

/** A Pod of one to five containers that is deleted at most twice. */
export const podPlan: fc.Arbitrary<PodPlan> = fc.record({
  restartPolicy: fc.constantFrom('Always', 'OnFailure', 'Never'),
  graceSeconds: fc.integer({ min: 1, max: 15 }),
  deadlineSeconds: fc.option(fc.integer({ min: 1, max: 30 }), { nil: undefined, freq: 8 }),
  containers: fc
    .tuple(
      fc.array(fc.oneof(initContainer, sidecar), { maxLength: 3 }),
      fc.array(main, { minLength: 1, maxLength: 2 }),
    )
    .map(([init, regular]) => [...init, ...regular]),
  deletes: fc.array(deletion, { maxLength: 2 }),
  seed: fc.nat(),
})
