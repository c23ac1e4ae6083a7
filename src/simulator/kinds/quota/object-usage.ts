// How much of a quota one object uses up.

import type { Container, PodSpec } from '../../../pod/json.ts'
import { isSidecar } from '../../../pod/containers.ts'
import { isTerminal } from '../../../pod/phase.ts'
import type { Quantity } from '../../../pod/quantity.ts'
import { addQuantities, compareQuantities } from '../../../pod/quantity-arithmetic.ts'
import { parseQuantity } from '../../../pod/quantity.ts'
import type { KubeObject } from '../../store/object.ts'
import type { PersistentVolumeClaim } from '../persistent-volume-claim.ts'
import type { Pod } from '../pod/pod.ts'
import type { Service } from '../service/service.ts'

/** Amounts by the names under which quotas limit them. */
export type Usage = ReadonlyMap<string, Quantity>

/** Resources that are counted under their plain name as well as under `count/<resource>`. */
const PLAIN = [
  'configmaps',
  'persistentvolumeclaims',
  'pods',
  'replicationcontrollers',
  'resourcequotas',
  'secrets',
  'services',
]
const ONE: Quantity = { nanos: 1_000_000_000n, format: 'DecimalSI' }
const NOTHING: Usage = new Map()

/** Source: pkg/quota/v1/evaluator/core. `resource` is the plural with its group: `deployments.apps`. */
export function usageOf(resource: string, object: KubeObject): Usage {
  const counted: [string, Quantity][] = [[`count/${resource}`, ONE]]
  if (PLAIN.includes(resource)) counted.push([resource, ONE])
  switch (resource) {
    case 'pods':
      // What has ended uses nothing up but its place in the count of objects.
      if (isTerminal(object as Pod)) return new Map([[`count/${resource}`, ONE]])
      return new Map([...counted, ...podUsage((object as Pod).spec ?? { containers: [] })])
    case 'services':
      return new Map([...counted, ...serviceUsage(object as Service)])
    case 'persistentvolumeclaims':
      return new Map([...counted, ...claimUsage(object as PersistentVolumeClaim)])
    default:
      return new Map(counted)
  }
}

/** The sum of two usages. */
export function plus(a: Usage, b: Usage): Usage {
  if (a.size === 0) return b
  const sum = new Map(a)
  for (const [name, amount] of b) {
    const before = sum.get(name)
    sum.set(name, before ? addQuantities(before, amount) : amount)
  }
  return sum
}

export function noUsage(): Usage {
  return NOTHING
}

/** What the containers of a Pod ask for together, by the plain name of the resource: those that end run one by one before. */
export function podTotals(spec: PodSpec, list: 'limits' | 'requests'): Usage {
  const of = ({ resources }: Container): Usage =>
    new Map(Object.entries(resources?.[list] ?? {}).map(([name, amount]) => [name, parseQuantity(amount)]))
  const running = spec.containers.reduce<Usage>((sum, container) => plus(sum, of(container)), NOTHING)
  let sidecars = NOTHING
  let peak = NOTHING
  for (const container of spec.initContainers ?? []) {
    if (isSidecar(container)) sidecars = plus(sidecars, of(container))
    peak = most(peak, isSidecar(container) ? sidecars : plus(sidecars, of(container)))
  }
  return most(plus(running, sidecars), peak)
}

function podUsage(spec: PodSpec): readonly (readonly [string, Quantity])[] {
  const requests = [...podTotals(spec, 'requests')]
  const limits = [...podTotals(spec, 'limits')]
  return [
    ...requests.map(([name, amount]) => [`requests.${name}`, amount] as const),
    // `cpu` in a quota means what is requested of it.
    ...requests.filter(([name]) => !name.includes('/')),
    ...limits.map(([name, amount]) => [`limits.${name}`, amount] as const),
  ]
}

function serviceUsage({ spec = {} }: Service): readonly (readonly [string, Quantity])[] {
  const ports = BigInt(spec.ports?.length ?? 0)
  const opensPorts = spec.type === 'NodePort' || spec.type === 'LoadBalancer'
  const nodePorts: Quantity = { nanos: opensPorts ? ports * ONE.nanos : 0n, format: 'DecimalSI' }
  const balancers: Quantity = { nanos: spec.type === 'LoadBalancer' ? ONE.nanos : 0n, format: 'DecimalSI' }
  return [
    ['services.nodeports', nodePorts],
    ['services.loadbalancers', balancers],
  ]
}

function claimUsage({ spec = {} }: PersistentVolumeClaim): readonly (readonly [string, Quantity])[] {
  const storage = parseQuantity(spec.resources?.requests?.['storage'] ?? '0')
  const ofClass = spec.storageClassName ? `${spec.storageClassName}.storageclass.storage.k8s.io/` : undefined
  return [
    ['requests.storage', storage],
    ...(ofClass
      ? ([
          [`${ofClass}requests.storage`, storage],
          [`${ofClass}persistentvolumeclaims`, ONE],
        ] as const)
      : []),
  ]
}

function most(a: Usage, b: Usage): Usage {
  const larger = new Map(a)
  for (const [name, amount] of b) {
    const other = larger.get(name)
    if (!other || compareQuantities(amount, other) > 0) larger.set(name, amount)
  }
  return larger
}
