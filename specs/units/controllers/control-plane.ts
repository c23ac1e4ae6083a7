// What the controllers' specs build: an API server's registry with controllers at work, and nothing that runs Pods.

import { bootstrap } from '../../../src/simulator/bootstrap.ts'
import type { Controller } from '../../../src/simulator/controllers/controller.ts'
import { admission } from '../../../src/simulator/kinds/admission/admission.ts'
import type { Pod } from '../../../src/simulator/kinds/pod/pod.ts'
import { pod as podKind } from '../../../src/simulator/kinds/pod/pod.ts'
import type { Kind } from '../../../src/simulator/store/kind.ts'
import type { KubeObject, ObjectRef } from '../../../src/simulator/store/object.ts'
import { Registry } from '../../../src/simulator/store/registry.ts'
import { Store } from '../../../src/simulator/store/store.ts'
import { recordedTiming } from '../../../src/simulator/timing.ts'
import { Random } from '../../../src/time/random.ts'
import { VirtualClock } from '../../../src/time/virtual.ts'

/** The control plane of a cluster without nodes; `pass` lets so many milliseconds go by. */
export function controlPlane(controllers: readonly Controller[]) {
  const clock = new VirtualClock(Date.UTC(2026, 0, 1))
  const now = () => clock.now()
  const random = new Random('controllers')
  const store = new Store({ now })
  const registry = new Registry({ store, random: random.fork('registry'), admission, now })
  bootstrap(registry, '192.0.2.2')
  const context = { registry, timers: clock, timing: recordedTiming, random, certificateAuthority: 'CA' }
  for (const start of controllers) start(context)
  const pass = (ms: number) => {
    const untilMs = clock.now() + ms
    while (clock.step(untilMs)) continue
    clock.advanceTo(untilMs)
  }
  pass(1_000)
  return { clock, store, registry, pass, ...actions(registry) }
}

function actions(registry: Registry) {
  return {
    /** Creates what a manifest would say; `kind` gives it its type. */
    create: <T extends KubeObject>(
      kind: Kind<T>,
      name: string,
      rest: object = {},
      namespace = 'default',
    ): T => {
      const { metadata = {}, ...fields } = rest as { metadata?: object }
      const place = kind.namespaced ? { namespace } : {}
      const apiVersion = kind.group ? `${kind.group}/${kind.version}` : kind.version
      return registry.create(kind, {
        apiVersion,
        kind: kind.kind,
        metadata: { name, ...place, ...metadata },
        ...fields,
      } as unknown as T)
    },
    /** Does what a kubelet would: writes the status of a Pod. */
    report: (name: string, status: object, spec: object = {}): Pod => {
      const ref: ObjectRef = { namespace: 'default', name }
      const { store } = registry
      const old = registry.get(podKind, ref)
      return store.put('pods', {
        ...old,
        spec: { ...old.spec, ...spec },
        status: { ...old.status, ...status },
      }) as Pod
    },
    names: <T extends KubeObject>(kind: Kind<T>, namespace?: string): readonly string[] =>
      registry.list(kind, namespace).map(({ metadata }) => metadata.name ?? ''),
    messages: (): readonly string[] =>
      (registry.store.list('events') as readonly (KubeObject & { reason: string; message: string })[]).map(
        ({ reason, message }) => `${reason}: ${message}`,
      ),
  }
}

/** The status of a Pod that runs and is ready. */
export function running(podIP: string, isReady = true): object {
  const status = isReady ? 'True' : 'False'
  const conditions = [{ type: 'Ready', status, lastTransitionTime: '2026-01-01T00:00:01Z' }]
  return { phase: 'Running', podIP, podIPs: [{ ip: podIP }], conditions }
}
