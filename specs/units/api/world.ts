// An API server over two small kinds of our own, so that these specs depend on no kind of the simulator.

import { Api } from '../../../src/simulator/api/api.ts'
import type { ApiResponse, WatchEvent } from '../../../src/simulator/api/response.ts'
import type { Kind } from '../../../src/simulator/store/kind.ts'
import type { KubeObject } from '../../../src/simulator/store/object.ts'
import { Registry } from '../../../src/simulator/store/registry.ts'
import { Store } from '../../../src/simulator/store/store.ts'
import { Random } from '../../../src/time/random.ts'
import { VirtualClock } from '../../../src/time/virtual.ts'

export const BEGAN_MS = Date.parse('2026-11-22T08:31:19Z')

/** Namespaced, with status, generations and scale: served with the structure of a Deployment. */
export const widget: Kind<Widget> = {
  group: 'apps',
  version: 'v1',
  kind: 'Deployment',
  plural: 'deployments',
  singular: 'deployment',
  shortNames: ['deploy'],
  namespaced: true,
  hasStatus: true,
  hasGeneration: true,
  subresources: [{ name: 'status', verbs: ['get', 'patch', 'update'] }],
  scale: {
    specReplicas: ({ spec }) => spec?.replicas,
    statusReplicas: () => 0,
    selector: () => 'app=x',
    withReplicas: (object, replicas) => ({ ...object, spec: { ...object.spec, replicas } }),
  },
  selectableFields: ['spec.replicas'],
  fieldValue: ({ spec }) => String(spec?.replicas ?? ''),
}

export interface Widget extends KubeObject {
  readonly spec?: { readonly replicas?: number; readonly paused?: boolean }
  readonly status?: { readonly replicas?: number }
}

/** Namespaced, plain: the structure of a ConfigMap. */
export const note: Kind = {
  group: '',
  version: 'v1',
  kind: 'ConfigMap',
  plural: 'configmaps',
  singular: 'configmap',
  namespaced: true,
}

export interface World {
  readonly clock: VirtualClock
  readonly registry: Registry
  readonly api: Api
  /** Sends a request; a body that is no text goes as JSON. */
  readonly send: (
    method: string,
    path: string,
    body?: unknown,
    headers?: Readonly<Record<string, string>>,
  ) => ApiResponse
}

export function world(windowSize = 1000): World {
  const clock = new VirtualClock(BEGAN_MS)
  const now = () => clock.now()
  const random = new Random('specs')
  const registry = new Registry({ store: new Store({ now, windowSize }), random, now })
  const api = new Api({ registry, kinds: [widget, note], timers: clock, random })
  const send: World['send'] = (method, path, body, headers = {}) =>
    api.handle({
      method,
      path,
      headers: { 'content-type': 'application/json', 'user-agent': 'spec/1.0', ...headers },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
  return { clock, registry, api, send }
}

/** The body of an answer, as a client would read it. */
export function json<T = Record<string, unknown>>(response: ApiResponse): T {
  if (response.is !== 'body') throw new Error(`expected a body, got a ${response.is}`)
  return JSON.parse(Buffer.from(response.body.bytes()).toString()) as T
}

/** Opens a watch; events are noted as they come, `end` as the last of them. */
export function events(response: ApiResponse): string[] {
  if (response.is !== 'watch') throw new Error(`expected a watch, got a ${response.is}`)
  const seen: string[] = []
  response.open({ event: (event) => seen.push(eventText(event)), end: () => seen.push('end') })
  return seen
}

function eventText({ type, object }: WatchEvent): string {
  const { metadata, message } = object as KubeObject & { readonly message?: string }
  return `${type} ${metadata.name ?? message ?? ''}@${metadata.resourceVersion ?? ''}`
}
