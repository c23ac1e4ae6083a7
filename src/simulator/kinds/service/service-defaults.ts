// What the API server fills in where a Service was left incomplete.

import type { V1ServicePort, V1ServiceSpec } from '@kubernetes/client-node'
import type { Json } from '../../../pod/json.ts'
import { fill, fillZero, mapShared, replace, without } from '../defaulting.ts'
import type { Service } from './service.ts'

type Spec = Json<V1ServiceSpec>

/** Three hours: how long a client sticks to its Pod with sessionAffinity ClientIP. */
const AFFINITY_SECONDS = 10_800

/** Source: pkg/apis/core/v1/defaults.go:SetDefaults_Service. */
export function serviceDefaults(object: Service): Service {
  const spec = specDefaults(object.spec ?? {})
  return spec === object.spec ? object : { ...object, spec }
}

/** Whether the Service can be reached from outside the cluster. */
export function isExternal({ type }: Spec): boolean {
  return type === 'LoadBalancer' || type === 'NodePort'
}

function specDefaults(spec: Spec): Spec {
  const filled = fillZero(spec, {
    sessionAffinity: 'None',
    type: 'ClusterIP',
    ...(isExternal(spec) && { externalTrafficPolicy: 'Cluster' }),
    ...(spec.type !== 'ExternalName' && { internalTrafficPolicy: 'Cluster' }),
  })
  return replace(
    fill(filled, { allocateLoadBalancerNodePorts: spec.type === 'LoadBalancer' ? true : undefined }),
    {
      ports: spec.ports && mapShared(spec.ports, portDefaults),
      sessionAffinityConfig: affinityConfig(filled),
      externalTrafficPolicy: filled.externalTrafficPolicy,
    },
  )
}

function affinityConfig({ sessionAffinity, sessionAffinityConfig }: Spec): Spec['sessionAffinityConfig'] {
  if (sessionAffinity !== 'ClientIP') return sessionAffinityConfig
  if (sessionAffinityConfig?.clientIP?.timeoutSeconds) return sessionAffinityConfig
  return { clientIP: { timeoutSeconds: AFFINITY_SECONDS } }
}

/** A port leads to the same number of the Pod, unless told. A node port of 0 was not given. */
function portDefaults(port: Json<V1ServicePort>): Json<V1ServicePort> {
  const filled = fillZero(port, { protocol: 'TCP', targetPort: port.port })
  return filled.nodePort === 0 ? (without(filled, 'nodePort') as Json<V1ServicePort>) : filled
}
