// Field numbers of the other messages of core/v1.

import type { Messages } from './messages.ts'

export const core: Messages = {
  Binding: 'metadata 1 meta/v1.ObjectMeta, target 2 ObjectReference',
  ClientIPConfig: 'timeoutSeconds 1 int?',
  ConfigMap: `
    metadata 1 meta/v1.ObjectMeta, data 2 map string, binaryData 3 map bytes, immutable 4 bool?`,
  Event: `
    metadata 1 meta/v1.ObjectMeta, involvedObject 2 ObjectReference, reason 3 string, message 4 string,
    source 5 EventSource, firstTimestamp 6 Time, lastTimestamp 7 Time, count 8 int, type 9 string,
    eventTime 10 MicroTime, series 11 EventSeries?, action 12 string, related 13 ObjectReference?,
    reportingComponent 14 string, reportingInstance 15 string`,
  EventSeries: 'count 1 int, lastObservedTime 2 MicroTime',
  EventSource: 'component 1 string, host 2 string',
  Namespace: 'metadata 1 meta/v1.ObjectMeta, spec 2 NamespaceSpec, status 3 Status',
  NamespaceSpec: 'finalizers 1 string[]',
  ObjectReference: `
    kind 1 string, namespace 2 string, name 3 string, uid 4 string, apiVersion 5 string,
    resourceVersion 6 string, fieldPath 7 string`,
  PersistentVolumeClaim: `
    metadata 1 meta/v1.ObjectMeta, spec 2 PersistentVolumeClaimSpec, status 3 Status`,
  ReplicationController: `
    metadata 1 meta/v1.ObjectMeta, spec 2 ReplicationControllerSpec, status 3 Status`,
  ReplicationControllerSpec: `
    replicas 1 int?, selector 2 map string, template 3 PodTemplateSpec?, minReadySeconds 4 int`,
  ResourceQuota: 'metadata 1 meta/v1.ObjectMeta, spec 2 ResourceQuotaSpec, status 3 Status',
  ResourceQuotaSpec: 'hard 1 map Quantity, scopes 2 string[], scopeSelector 3 ScopeSelector?',
  ScopeSelector: 'matchExpressions 1 ScopedResourceSelectorRequirement[]',
  ScopedResourceSelectorRequirement: 'scopeName 1 string, operator 2 string, values 3 string[]',
  Secret: `
    metadata 1 meta/v1.ObjectMeta, data 2 map bytes, type 3 string, stringData 4 map string,
    immutable 5 bool?`,
  Service: 'metadata 1 meta/v1.ObjectMeta, spec 2 ServiceSpec, status 3 Status',
  ServiceAccount: `
    metadata 1 meta/v1.ObjectMeta, secrets 2 ObjectReference[], imagePullSecrets 3 LocalObjectReference[],
    automountServiceAccountToken 4 bool?`,
  ServicePort: `
    name 1 string, protocol 2 string, port 3 int, targetPort 4 IntOrString, nodePort 5 int,
    appProtocol 6 string?`,
  ServiceSpec: `
    ports 1 ServicePort[], selector 2 map string, clusterIP 3 string, type 4 string, externalIPs 5 string[],
    sessionAffinity 7 string, loadBalancerIP 8 string, loadBalancerSourceRanges 9 string[],
    externalName 10 string, externalTrafficPolicy 11 string, healthCheckNodePort 12 int,
    publishNotReadyAddresses 13 bool, sessionAffinityConfig 14 SessionAffinityConfig?,
    ipFamilyPolicy 17 string?, clusterIPs 18 string[], ipFamilies 19 string[],
    allocateLoadBalancerNodePorts 20 bool?, loadBalancerClass 21 string?, internalTrafficPolicy 22 string?,
    trafficDistribution 23 string?`,
  SessionAffinityConfig: 'clientIP 1 ClientIPConfig?',
}
