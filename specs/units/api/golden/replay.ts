// Recorded exchanges done again with our API server, and how far the two agree.

import { Api } from '../../../../src/simulator/api/api.ts'
import type { ApiRequest } from '../../../../src/simulator/api/request.ts'
import type { ApiResponse, WatchEvent } from '../../../../src/simulator/api/response.ts'
import { admission } from '../../../../src/simulator/kinds/admission/admission.ts'
import { configMap } from '../../../../src/simulator/kinds/config-map.ts'
import { kinds } from '../../../../src/simulator/kinds/kinds.ts'
import { namespace } from '../../../../src/simulator/kinds/namespace.ts'
import { serviceAccount } from '../../../../src/simulator/kinds/service-account.ts'
import type { KubeObject } from '../../../../src/simulator/store/object.ts'
import { Registry } from '../../../../src/simulator/store/registry.ts'
import { Store } from '../../../../src/simulator/store/store.ts'
import { Random } from '../../../../src/time/random.ts'
import { VirtualClock } from '../../../../src/time/virtual.ts'
import type { Exchange, Theme } from './exchanges.ts'
import { seed } from './seed.ts'
import type { Difference } from './unify.ts'
import { differences, Pairs } from './unify.ts'

export interface Verdict {
  readonly exchange: Exchange
  /** Why it was not compared; '' if it was. */
  readonly skipped: string
  readonly differences: readonly Difference[]
  readonly received: { readonly status: number; readonly body: unknown }
}

const BEGAN_MS = Date.parse('2026-11-22T09:40:42Z')
/** What a recorder's watch saw after the last exchange is of no interest. */
const TAIL_MS = 5000

/** Does all exchanges of a theme in order, on one server that remembers, with the clock at their instants. */
export function replay(theme: Theme): readonly Verdict[] {
  const clock = new VirtualClock(BEGAN_MS)
  const now = () => clock.now()
  const random = new Random('golden')
  const registry = new Registry({ store: new Store({ now, startsAt: 40_000 }), random, admission, now })
  populate(
    registry,
    theme.namespaces.filter((name) => !isCreated(theme, name)),
  )
  const api = new Api({ registry, kinds, timers: clock, random })
  const pairs = new Pairs()
  const pending = theme.exchanges.map((exchange, index) => {
    passTo(clock, BEGAN_MS + exchange.t)
    seed(registry, theme.exchanges, index)
    const finish = doAgain(api, exchange, pairs)
    const made = createdNamespace(exchange)
    if (made !== undefined) furnish(registry, made)
    return finish
  })
  passTo(clock, clock.now() + TAIL_MS)
  return pending.map((finish) => finish())
}

/** How many exchanges agree, of how many that were compared. */
export function agreement(verdicts: readonly Verdict[]): {
  readonly agree: number
  readonly compared: number
} {
  const compared = verdicts.filter(({ skipped }) => skipped === '')
  return {
    agree: compared.filter(({ differences: found }) => found.length === 0).length,
    compared: compared.length,
  }
}

function isCreated({ exchanges }: Theme, name: string): boolean {
  return exchanges.some((exchange) => createdNamespace(exchange) === name)
}

function createdNamespace({ request, response }: Exchange): string | undefined {
  const { method, path, body } = request
  const isCreate = method === 'POST' && path === '/api/v1/namespaces' && response?.status === 201
  return isCreate ? (body as KubeObject | null)?.metadata?.name : undefined
}

function populate(registry: Registry, own: readonly string[]): void {
  for (const name of ['default', 'kube-node-lease', 'kube-public', 'kube-system', ...own]) {
    registry.create(namespace, { apiVersion: 'v1', kind: 'Namespace', metadata: { name } })
    furnish(registry, name)
  }
}

/** What the controllers put into every namespace. */
function furnish(registry: Registry, namespaceName: string): void {
  const at = { namespace: namespaceName }
  registry.create(serviceAccount, {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: { ...at, name: 'default' },
  })
  const annotations = { 'kubernetes.io/description': '' }
  const metadata = { ...at, name: 'kube-root-ca.crt', annotations }
  registry.create(configMap, { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { 'ca.crt': '' } })
}

function passTo(clock: VirtualClock, atMs: number): void {
  while (clock.step(atMs));
  clock.advanceTo(atMs)
}

/** Sends a request; the verdict is made when everything is over, since a watch goes on meanwhile. */
function doAgain(api: Api, exchange: Exchange, pairs: Pairs): () => Verdict {
  const skipped = reasonToSkip(exchange)
  const nothing = { status: 0, body: undefined }
  if (skipped) return () => ({ exchange, skipped, differences: [], received: nothing })
  const { method, path, headers, body } = exchange.request
  const response = handled(api, {
    method,
    path: pairs.translate(path),
    headers: lowerCase(headers),
    ...(body !== null && { body: pairs.translate(typeof body === 'string' ? body : JSON.stringify(body)) }),
  })
  const events = eventsOf(response)
  if (!events) {
    const received = { status: response.status, body: bodyOf(response) }
    // Compared at once: later requests say what this answer said.
    const verdict = { exchange, skipped: '', differences: compared(exchange, received, pairs), received }
    return () => verdict
  }
  return () => {
    const received = {
      status: response.status,
      body: { events: events.map(({ type, object }) => ({ type, object })) },
    }
    return { exchange, skipped: '', differences: compared(exchange, received, pairs), received }
  }
}

/** A server that breaks is a difference like any other. */
function handled(api: Api, request: ApiRequest): ApiResponse {
  try {
    return api.handle(request)
  } catch (error) {
    return {
      is: 'body',
      status: 0,
      headers: {},
      body: { value: '', bytes: () => Buffer.from(String(error)) },
    }
  }
}

function compared(
  { response }: Exchange,
  received: { status: number; body: unknown },
  pairs: Pairs,
): readonly Difference[] {
  const expected = { status: response.status, body: withoutTimes(response.body) }
  return differences(expected, { status: received.status, body: plain(received.body) }, pairs)
}

/** Bookmarks come when they come; only the one that ends the initial events has its place. */
function withoutTimes(body: unknown): unknown {
  if (typeof body !== 'object' || body === null || !('events' in body)) return body
  const events = body.events as readonly { type: string; object: unknown }[]
  return { events: events.map(({ type, object }) => ({ type, object })).filter(isComparable) }
}

function isComparable({ type, object }: { readonly type: string; readonly object: unknown }): boolean {
  return type !== 'BOOKMARK' || JSON.stringify(object).includes('initial-events-end')
}

function eventsOf(response: ApiResponse): readonly WatchEvent[] | undefined {
  if (response.is !== 'watch') return undefined
  const events: WatchEvent[] = []
  response.open({
    event: (event) => {
      if (isComparable(event)) events.push(event)
    },
    end: () => {},
  })
  return events
}

function bodyOf(response: ApiResponse): unknown {
  if (response.is !== 'body') return undefined
  const text = Buffer.from(response.body.bytes()).toString()
  return response.headers['content-type']?.includes('json') ? (JSON.parse(text) as unknown) : text
}

function plain(value: unknown): unknown {
  return typeof value === 'object' && value !== null ? (JSON.parse(JSON.stringify(value)) as unknown) : value
}

/** What needs a node, an authoriser or a kind that is not served yet is somebody else's to compare. */
function reasonToSkip({ request, response }: Exchange): string {
  const { method, path, headers } = request
  if (response === null || response === undefined) return 'the server broke the connection'
  if (typeof request.body === 'object' && request.body !== null && 'omitted' in request.body)
    return 'the body was not recorded'
  if (
    headers['x-recorded-auth'] ||
    headers['Authorization'] ||
    Object.keys(headers).some((name) => name.startsWith('Impersonate'))
  ) {
    return 'authentication'
  }
  if (request.path.includes('watch=1') && response.status === 406) return 'the body was recorded in part'
  if (/protobuf/.test(headers['Accept'] ?? '')) return 'protobuf'
  if (method === 'HEAD' || method === 'TRACE' || method === 'CONNECT') return 'method'
  if (/\/pods\/[^/]+\/(log|exec|attach|portforward|proxy)\b/.test(path)) return 'needs a node'
  const missing = unservedIn(path)
  return missing ? `${missing} is not served` : ''
}

function unservedIn(path: string): string | undefined {
  const [, group = '', version = '', rest = ''] =
    /^\/(?:api|apis\/([^/]+))\/(v\w+)\/(.*?)(?:\?.*)?$/.exec(path) ?? []
  const parts = rest.replace(/^watch\//, '').split('/')
  const plural = parts[0] === 'namespaces' && parts.length > 2 ? (parts[2] ?? '') : (parts[0] ?? '')
  if (!REAL_RESOURCES.has(`${plural}.${group}`)) return undefined
  const isServed = kinds.some(
    (kind) => kind.plural === plural && kind.group === group && kind.version === version,
  )
  return isServed ? undefined : `${plural}.${group}`
}

/** What the real server serves, and we may not yet. */
const REAL_RESOURCES: ReadonlySet<string> = new Set(
  `componentstatuses. limitranges. persistentvolumeclaims. persistentvolumes. podtemplates. replicationcontrollers.
  resourcequotas. controllerrevisions.apps daemonsets.apps deployments.apps replicasets.apps statefulsets.apps
  horizontalpodautoscalers.autoscaling cronjobs.batch jobs.batch ingressclasses.networking.k8s.io
  ingresses.networking.k8s.io networkpolicies.networking.k8s.io runtimeclasses.node.k8s.io poddisruptionbudgets.policy
  clusterrolebindings.rbac.authorization.k8s.io clusterroles.rbac.authorization.k8s.io roles.rbac.authorization.k8s.io
  rolebindings.rbac.authorization.k8s.io priorityclasses.scheduling.k8s.io csidrivers.storage.k8s.io
  csinodes.storage.k8s.io csistoragecapacities.storage.k8s.io storageclasses.storage.k8s.io
  volumeattachments.storage.k8s.io customresourcedefinitions.apiextensions.k8s.io resourceclaims.resource.k8s.io
  resourceclaimtemplates.resource.k8s.io deviceclasses.resource.k8s.io ipaddresses.networking.k8s.io
  servicecidrs.networking.k8s.io`.split(/\s+/),
)

function lowerCase(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
}
