// How Go calls the type of a field: error messages about JSON show it.

import type { Field, FieldType, Scalar } from '../../store/schema/schema.ts'

/** Texts that have a type of their own in k8s.io/api, by `Struct.field`. */
const NAMED_TEXTS: Readonly<Record<string, string>> = {
  'Container.imagePullPolicy': 'v1.PullPolicy',
  'Container.restartPolicy': 'v1.ContainerRestartPolicy',
  'Container.terminationMessagePolicy': 'v1.TerminationMessagePolicy',
  'ContainerPort.protocol': 'v1.Protocol',
  'DeploymentStrategy.type': 'v1.DeploymentStrategyType',
  'EmptyDirVolumeSource.medium': 'v1.StorageMedium',
  'EphemeralContainer.imagePullPolicy': 'v1.PullPolicy',
  'HTTPGetAction.scheme': 'v1.URIScheme',
  'HostPathVolumeSource.type': 'v1.HostPathType',
  'NamespaceStatus.phase': 'v1.NamespacePhase',
  'ObjectMeta.uid': 'types.UID',
  'OwnerReference.uid': 'types.UID',
  'PodSpec.dnsPolicy': 'v1.DNSPolicy',
  'PodSpec.preemptionPolicy': 'v1.PreemptionPolicy',
  'PodSpec.restartPolicy': 'v1.RestartPolicy',
  'PodStatus.phase': 'v1.PodPhase',
  'PodStatus.qosClass': 'v1.PodQOSClass',
  'Secret.type': 'v1.SecretType',
  'ServicePort.protocol': 'v1.Protocol',
  'ServiceSpec.externalTrafficPolicy': 'v1.ServiceExternalTrafficPolicy',
  'ServiceSpec.sessionAffinity': 'v1.ServiceAffinity',
  'ServiceSpec.type': 'v1.ServiceType',
  'Taint.effect': 'v1.TaintEffect',
  'Toleration.effect': 'v1.TaintEffect',
  'Toleration.operator': 'v1.TolerationOperator',
}

const SCALARS: Readonly<Record<Scalar, string>> = {
  IntOrString: 'intstr.IntOrString',
  MicroTime: 'v1.MicroTime',
  Quantity: 'resource.Quantity',
  Time: 'v1.Time',
  any: 'interface {}',
  boolean: 'bool',
  bytes: '[]uint8',
  double: 'float64',
  int32: 'int32',
  int64: 'int64',
  number: 'float64',
  object: 'map[string]interface {}',
  string: 'string',
}

/** `string`, `[]v1.Container`, `map[string]string`. */
export function goTypeOf(owner: string, { name, type }: Field): string {
  return NAMED_TEXTS[`${owner}.${name}`] ?? goType(type)
}

function goType(type: FieldType): string {
  switch (type.is) {
    case 'list':
      return `[]${goType(type.items)}`
    case 'map':
      return `map[string]${goType(type.values)}`
    case 'scalar':
      return SCALARS[type.scalar]
    case 'struct':
      return type.name.split('.').slice(-2).join('.')
  }
}
