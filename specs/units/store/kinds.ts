// Two small kinds for the specs of the store: one that goes at once, one that takes its time.

import type { Kind } from '../../../src/simulator/store/kind.ts'
import type { KubeObject } from '../../../src/simulator/store/object.ts'
import { Registry } from '../../../src/simulator/store/registry.ts'
import type { Change } from '../../../src/simulator/store/store.ts'
import { Store } from '../../../src/simulator/store/store.ts'
import { Random } from '../../../src/time/random.ts'

export const NOW_MS = Date.parse('2026-11-22T08:31:19Z')

export const note: Kind = {
  group: '',
  version: 'v1',
  kind: 'ConfigMap',
  plural: 'configmaps',
  singular: 'configmap',
  namespaced: true,
}

export interface Task extends KubeObject {
  readonly spec?: { readonly replicas?: number }
  readonly status?: { readonly replicas?: number }
}

export const task: Kind<Task> = {
  group: 'apps',
  version: 'v1',
  kind: 'Deployment',
  plural: 'deployments',
  singular: 'deployment',
  namespaced: true,
  hasStatus: true,
  hasGeneration: true,
  subresources: [{ name: 'status', verbs: ['get', 'patch', 'update'] }],
  deletion: { graceSeconds: (_, asked) => asked ?? 30 },
}

/** A registry, with a log of what its store tells about both kinds. */
export function registryWithLog(): { readonly registry: Registry; readonly log: string[] } {
  const now = () => NOW_MS
  const store = new Store({ now })
  const registry = new Registry({ store, random: new Random('specs'), now })
  const log: string[] = []
  for (const resource of ['configmaps', 'deployments.apps'])
    store.subscribe(resource, (change) => log.push(textOf(change)))
  return { registry, log }
}

export function noteNamed(name: string, metadata: object = {}): KubeObject {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: 'shop', ...metadata } }
}

export function taskNamed(name: string, replicas = 1): Task {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace: 'shop' },
    spec: { replicas },
  }
}

function textOf({ type, object, resourceVersion }: Change): string {
  const { name, finalizers, deletionGracePeriodSeconds: grace } = object.metadata
  const notes = [
    finalizers?.length && `held by ${finalizers.join(' ')}`,
    grace !== undefined && `grace ${grace}`,
  ]
  return [`${type} ${name}@${resourceVersion}`, ...notes.filter(Boolean)].join(', ')
}
