// What the API server fills in where a Pod, or the template of one, was left incomplete.

import type { Container, EphemeralContainer, PodSpec, PodTemplateSpec } from '../../../pod/json.ts'
import { addQuantities } from '../../../pod/quantity-arithmetic.ts'
import { formatQuantity, parseQuantity } from '../../../pod/quantity.ts'
import { fill, fillZero, mapShared, replace } from '../defaulting.ts'
import type { ResourceList } from '../resource-list.ts'
import { canonicalResources } from '../resource-list.ts'
import { containerDefaults } from './container-defaults.ts'
import { volumeDefaults } from './volume-defaults.ts'

/** Specs in which nothing is left out. A Pod keeps its spec through all writes of its status: those cost nothing here. */
const complete = new WeakSet<PodSpec>()

/** The spec of a Pod of its own. Source: pkg/apis/core/v1/defaults.go:SetDefaults_Pod after SetDefaults_PodSpec. */
export function podSpecDefaults(spec: PodSpec): PodSpec {
  if (complete.has(spec)) return spec
  const filled = filledSpec(spec)
  complete.add(filled)
  return filled
}

function filledSpec(spec: PodSpec): PodSpec {
  const template = templateSpecDefaults(fill(spec, { enableServiceLinks: true }))
  const asking = replace(template, {
    containers: template.containers && mapShared(template.containers, requestsDefaults),
    initContainers: template.initContainers && mapShared(template.initContainers, requestsDefaults),
  })
  return podResourcesDefaults(withUsableGrace(spec.hostNetwork ? hostPortsDefaults(asking) : asking))
}

/** The template of a workload: like a Pod, but what concerns one Pod alone is filled in when that is made. */
export function podTemplateDefaults(template: PodTemplateSpec): PodTemplateSpec {
  return template.spec ? replace(template, { spec: templateSpecDefaults(template.spec) }) : template
}

function templateSpecDefaults(spec: PodSpec): PodSpec {
  const filled = fillZero(
    fill(spec, { containers: [], securityContext: {}, terminationGracePeriodSeconds: 30 }),
    {
      dnsPolicy: 'ClusterFirst',
      restartPolicy: 'Always',
      schedulerName: 'default-scheduler',
      // The deprecated twin of serviceAccountName always equals it.
      serviceAccountName: spec.serviceAccount,
    },
  )
  return replace(filled, {
    serviceAccount: filled.serviceAccountName,
    containers: spec.containers && mapShared<Container>(spec.containers, containerDefaults),
    initContainers: spec.initContainers && mapShared<Container>(spec.initContainers, containerDefaults),
    ephemeralContainers:
      spec.ephemeralContainers && mapShared<EphemeralContainer>(spec.ephemeralContainers, containerDefaults),
    overhead: spec.overhead && canonicalResources(spec.overhead),
    volumes: spec.volumes && mapShared(spec.volumes, volumeDefaults),
  })
}

/** Who limits a resource asks for as much of it, unless told. */
function requestsDefaults(container: Container): Container {
  const { limits, requests } = container.resources ?? {}
  if (!limits) return container
  const filled = fill<ResourceList>(requests ?? {}, limits)
  return filled === requests
    ? container
    : { ...container, resources: { ...container.resources, requests: filled } }
}

/** A negative grace means one second (golden/api/invalid-pods). */
function withUsableGrace(spec: PodSpec): PodSpec {
  return (spec.terminationGracePeriodSeconds ?? 0) < 0 ? { ...spec, terminationGracePeriodSeconds: 1 } : spec
}

function hostPortsDefaults(spec: PodSpec): PodSpec {
  const withHostPorts = (container: Container) =>
    replace(container, {
      ports:
        container.ports &&
        mapShared(container.ports, (port) => fillZero(port, { hostPort: port.containerPort })),
    })
  return replace(spec, {
    containers: spec.containers && mapShared(spec.containers, withHostPorts),
    initContainers: spec.initContainers && mapShared(spec.initContainers, withHostPorts),
  })
}

/** Resources of the Pod as a whole: its requests are those of its containers, else its limits. */
function podResourcesDefaults(spec: PodSpec): PodSpec {
  const { resources } = spec
  if (!resources) return spec
  const limits = resources.limits && canonicalResources(resources.limits)
  const requests = resources.requests && canonicalResources(resources.requests)
  const own = replace(resources, { limits, requests })
  if (!limits) return replace(spec, { resources: own })
  const asked = requestsOf(spec.containers ?? [])
  const wanted = Object.fromEntries(
    Object.entries(limits).map(([name, limit]) => [name, asked[name] ?? limit]),
  )
  return replace(spec, { resources: replace(own, { requests: fill<ResourceList>(requests ?? {}, wanted) }) })
}

function requestsOf(containers: readonly Container[]): ResourceList {
  const sums: Record<string, string> = {}
  for (const { resources } of containers) {
    for (const [name, amount] of Object.entries(resources?.requests ?? {})) {
      sums[name] = formatQuantity(addQuantities(parseQuantity(sums[name] ?? '0'), parseQuantity(amount)))
    }
  }
  return sums
}
