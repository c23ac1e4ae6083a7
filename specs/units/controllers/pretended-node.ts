// A node that only reports: a second after a Pod was made it runs, or has ended as the spec says; deleted ones go.

import type { Pod } from '../../../src/simulator/kinds/pod/pod.ts'
import { pod as podKind } from '../../../src/simulator/kinds/pod/pod.ts'
import { refOf } from '../../../src/simulator/store/object.ts'
import type { controlPlane } from './control-plane.ts'
import { running } from './control-plane.ts'

type Plane = ReturnType<typeof controlPlane>

/** `endOf` says how a Pod ends: its exit code, or undefined if it runs on. */
export function pretendNode(plane: Plane, endOf: (pod: Pod) => number | undefined = () => undefined): void {
  const { store, clock, registry } = plane
  let addresses = 0
  const later = (run: () => void) => clock.at(clock.now() + 1_000, run)
  store.subscribe('pods', ({ type, object, previous }) => {
    if (type === 'ADDED') later(() => report(object as Pod))
    const isNewlyDeleted = object.metadata.deletionTimestamp && !previous?.metadata.deletionTimestamp
    if (type === 'MODIFIED' && isNewlyDeleted) later(() => end(object as Pod))
  })

  function report(pod: Pod): void {
    const current = registry.find(podKind, refOf(pod))
    if (current?.metadata.uid !== pod.metadata.uid || !current) return
    const code = endOf(current)
    store.put('pods', {
      ...current,
      spec: { ...current.spec, nodeName: nodeOf(current) },
      status: {
        ...current.status,
        ...(code === undefined ? running(`10.244.0.${++addresses}`) : ended(code)),
      },
    })
  }

  function ended(exitCode: number): object {
    const finishedAt = new Date(clock.now()).toISOString()
    return {
      phase: exitCode === 0 ? 'Succeeded' : 'Failed',
      containerStatuses: [{ name: 'c', state: { terminated: { exitCode, finishedAt } } }],
    }
  }

  function end(pod: Pod): void {
    if (registry.find(podKind, refOf(pod))) registry.delete(podKind, refOf(pod), { gracePeriodSeconds: 0 })
  }
}

/** The node that a Pod demands, or the only one. */
function nodeOf({ spec }: Pod): string {
  const required = spec?.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution
  return required?.nodeSelectorTerms[0]?.matchFields?.[0]?.values?.[0] ?? 'node-1'
}

/** A template whose Pods carry these labels. */
export function template(labels: Readonly<Record<string, string>>, spec: object = {}): object {
  return { metadata: { labels }, spec: { containers: [{ name: 'c', image: 'busybox' }], ...spec } }
}
