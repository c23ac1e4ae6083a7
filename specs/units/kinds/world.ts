// A store with a registry over it, as the simulator wires them, for specs of kinds.

import { admission } from '../../../src/simulator/kinds/admission/admission.ts'
import { namespace } from '../../../src/simulator/kinds/namespace.ts'
import { serviceAccount } from '../../../src/simulator/kinds/service-account.ts'
import { ApiError } from '../../../src/simulator/store/api-error.ts'
import { Registry } from '../../../src/simulator/store/registry.ts'
import { Store } from '../../../src/simulator/store/store.ts'
import { Random } from '../../../src/time/random.ts'

/** The instant at which nothing moves in these specs. */
export const NOW_MS = Date.parse('2026-11-22T09:40:42Z')

/** A registry with the given namespaces, each with its default service account. */
export function world(...namespaces: readonly string[]): Registry {
  const now = () => NOW_MS
  const registry = new Registry({ store: new Store({ now }), random: new Random('kinds'), admission, now })
  for (const name of namespaces) {
    registry.create(namespace, { apiVersion: 'v1', kind: 'Namespace', metadata: { name } })
    registry.create(serviceAccount, {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { namespace: name, name: 'default' },
    })
  }
  return registry
}

/** The text of the refusal, or 'accepted'. */
export function refusal(act: () => unknown): string {
  try {
    act()
    return 'accepted'
  } catch (error) {
    if (error instanceof ApiError) return error.message
    throw error
  }
}
