// A cluster in which one Pod lives for days: what the long runs measure.

import type { PodSpec } from '../../src/pod/json.ts'
import { pod as podKind } from '../../src/simulator/kinds/pod/pod.ts'
import { simulator } from '../../src/simulator/simulator.ts'
import type { Simulator } from '../../src/simulator/simulator.ts'

/** Pods that are never at rest. */
export const RESTLESS: readonly { readonly title: string; readonly spec: PodSpec }[] = [
  {
    title: 'a Pod in CrashLoopBackOff',
    spec: { containers: [{ name: 'main', image: 'busybox:1.36', command: ['sh', '-c', 'echo up; exit 1'] }] },
  },
  {
    title: 'a Pod that is probed every 10 s',
    spec: {
      containers: [
        {
          name: 'main',
          image: 'busybox:1.36',
          command: ['sleep', '1000000'],
          livenessProbe: { exec: { command: ['true'] }, periodSeconds: 10 },
          readinessProbe: { exec: { command: ['true'] }, periodSeconds: 10 },
        },
      ],
    },
  },
]

/** A cluster of one node with the Pod `p` of this spec. */
export function clusterWith(spec: PodSpec): Simulator {
  const cluster = simulator({ seed: 'long run' })
  const metadata = { namespace: 'default', name: 'p' }
  cluster.registry.create(podKind, { apiVersion: 'v1', kind: 'Pod', metadata, spec })
  return cluster
}

/** Lets so many seconds go by, without a turn for the host. */
export function runSeconds({ clock }: Simulator, seconds: number): void {
  const untilMs = clock.now() + seconds * 1_000
  while (clock.step(untilMs)) continue
  clock.advanceTo(untilMs)
}
