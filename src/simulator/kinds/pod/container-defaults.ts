// What the API server fills in where a container was left incomplete.

import type {
  V1Lifecycle,
  V1LifecycleHandler,
  V1Probe,
  V1ResourceRequirements,
} from '@kubernetes/client-node'
import type { Container, EphemeralContainer, Json } from '../../../pod/json.ts'
import { fill, fillZero, mapShared, replace } from '../defaulting.ts'
import { canonicalResources } from '../resource-list.ts'
import { environmentDefaults } from './environment-defaults.ts'

type AnyContainer = Container | EphemeralContainer
type HttpGet = NonNullable<Json<V1Probe>['httpGet']>

/** Source: pkg/apis/core/v1/defaults.go:SetDefaults_Container and zz_generated.defaults.go. */
export function containerDefaults<T extends AnyContainer>(container: T): T {
  const filled = fillZero<AnyContainer>(container, {
    terminationMessagePath: '/dev/termination-log',
    terminationMessagePolicy: 'File',
    imagePullPolicy: defaultPullPolicy(container.image ?? ''),
    resources: {},
  })
  return replace<AnyContainer>(filled, {
    resources: resourcesDefaults(filled.resources ?? {}),
    ports: container.ports && mapShared(container.ports, (port) => fillZero(port, { protocol: 'TCP' })),
    env: container.env && mapShared(container.env, environmentDefaults),
    livenessProbe: container.livenessProbe && probeDefaults(container.livenessProbe),
    readinessProbe: container.readinessProbe && probeDefaults(container.readinessProbe),
    startupProbe: container.startupProbe && probeDefaults(container.startupProbe),
    lifecycle: container.lifecycle && lifecycleDefaults(container.lifecycle),
  }) as T
}

/** Always for `:latest` and for no tag at all; a digest is a version. Source: SetDefaults_Container, parsers.ParseImageName. */
export function defaultPullPolicy(image: string): string {
  if (image.includes('@')) return 'IfNotPresent'
  const lastPart = image.slice(image.lastIndexOf('/') + 1)
  const tag = lastPart.includes(':') ? lastPart.slice(lastPart.lastIndexOf(':') + 1) : 'latest'
  return tag === 'latest' ? 'Always' : 'IfNotPresent'
}

function resourcesDefaults(resources: Json<V1ResourceRequirements>): Json<V1ResourceRequirements> {
  return replace(resources, {
    limits: resources.limits && canonicalResources(resources.limits),
    requests: resources.requests && canonicalResources(resources.requests),
  })
}

function probeDefaults(probe: Json<V1Probe>): Json<V1Probe> {
  const filled = fillZero(probe, {
    timeoutSeconds: 1,
    periodSeconds: 10,
    successThreshold: 1,
    failureThreshold: 3,
  })
  return replace(filled, {
    httpGet: probe.httpGet && httpGetDefaults(probe.httpGet),
    grpc: probe.grpc && fill(probe.grpc, { service: '' }),
  })
}

function lifecycleDefaults(lifecycle: Json<V1Lifecycle>): Json<V1Lifecycle> {
  return replace(lifecycle, {
    postStart: lifecycle.postStart && handlerDefaults(lifecycle.postStart),
    preStop: lifecycle.preStop && handlerDefaults(lifecycle.preStop),
  })
}

function handlerDefaults(handler: Json<V1LifecycleHandler>): Json<V1LifecycleHandler> {
  return replace(handler, {
    httpGet: handler.httpGet && httpGetDefaults(handler.httpGet),
    sleep: handler.sleep && fill(handler.sleep, { seconds: 0 }),
  })
}

function httpGetDefaults(httpGet: HttpGet): HttpGet {
  return fillZero(httpGet, { path: '/', scheme: 'HTTP' })
}
