// The environment of a container: Services, envFrom, env; each later one wins.

import type { Container } from '../../../pod/json.ts'
import { configMap } from '../../kinds/config-map.ts'
import { secret } from '../../kinds/secret.ts'
import { service } from '../../kinds/service/service.ts'
import type { Registry } from '../../store/registry.ts'
import { ConfigError } from './config-error.ts'
import { type DownwardFacts, fieldValue, resourceValue } from './downward.ts'
import { expand } from './expand.ts'
import { serviceVariables } from './service-variables.ts'

/** What an environment is made from. */
export interface EnvironmentInput {
  readonly registry: Registry
  readonly facts: DownwardFacts
  readonly container: Container
  readonly allocatable: Readonly<Record<string, string>>
}

/**
 * The variables that the pod gives the container, in the order in which they were first named.
 * Source: pkg/kubelet/kubelet_pods.go:makeEnvironmentVariables. @throws ConfigError
 */
export function environment(input: EnvironmentInput): Record<string, string> {
  const { registry, facts, container } = input
  const { pod } = facts
  const namespace = pod.metadata.namespace ?? ''
  const ofServices = serviceVariables(registry.list(service), namespace, pod.spec?.enableServiceLinks ?? true)
  const own: Record<string, string> = {}
  for (const source of container.envFrom ?? []) Object.assign(own, envFrom(input, source))
  for (const variable of container.env ?? []) {
    const { name, value, valueFrom } = variable
    const found = valueFrom
      ? valueOf(input, valueFrom)
      : expand(value ?? '', (other) => own[other] ?? ofServices[other])
    if (found !== undefined) own[name] = found
  }
  return { ...ofServices, ...own }
}

type EnvFrom = NonNullable<Container['envFrom']>[number]
type ValueFrom = NonNullable<NonNullable<Container['env']>[number]['valueFrom']>

function envFrom({ registry, facts }: EnvironmentInput, source: EnvFrom): Record<string, string> {
  const { configMapRef, secretRef, prefix = '' } = source
  const namespace = facts.pod.metadata.namespace ?? ''
  const data = configMapRef
    ? configMapData(registry, namespace, configMapRef)
    : secretData(registry, namespace, secretRef ?? {})
  return Object.fromEntries(Object.entries(data ?? {}).map(([key, value]) => [prefix + key, value]))
}

function valueOf(input: EnvironmentInput, from: ValueFrom): string | undefined {
  const { registry, facts, container, allocatable } = input
  const namespace = facts.pod.metadata.namespace ?? ''
  if (from.fieldRef) return fieldValue(from.fieldRef.fieldPath, facts)
  if (from.resourceFieldRef) {
    const { containerName } = from.resourceFieldRef
    const { containers = [], initContainers = [] } = facts.pod.spec ?? {}
    const named = [...containers, ...initContainers].find(({ name }) => name === containerName)
    return resourceValue(from.resourceFieldRef, named ?? container, allocatable)
  }
  if (from.configMapKeyRef) {
    const { name = '', key, optional } = from.configMapKeyRef
    const data = configMapData(registry, namespace, from.configMapKeyRef)
    if (!data) return undefined
    if (key in data || optional) return data[key]
    throw new ConfigError(`couldn't find key ${key} in ConfigMap ${namespace}/${name}`)
  }
  if (from.secretKeyRef) {
    const { name = '', key, optional } = from.secretKeyRef
    const data = secretData(registry, namespace, from.secretKeyRef)
    if (!data) return undefined
    if (key in data || optional) return data[key]
    throw new ConfigError(`couldn't find key ${key} in Secret ${namespace}/${name}`)
  }
  throw new ConfigError(`env source ${Object.keys(from).join(', ')} is not modelled by the simulator`)
}

interface Reference {
  readonly name?: string
  readonly optional?: boolean
}

/** The texts of a ConfigMap; nothing for an optional one that does not exist. */
function configMapData(registry: Registry, namespace: string, { name = '', optional }: Reference) {
  const found = registry.find(configMap, { namespace, name })
  if (!found && !optional) throw new ConfigError(`configmap "${name}" not found`)
  return found && (found.data ?? {})
}

function secretData(registry: Registry, namespace: string, { name = '', optional }: Reference) {
  const found = registry.find(secret, { namespace, name })
  if (!found && !optional) throw new ConfigError(`secret "${name}" not found`)
  return (
    found &&
    Object.fromEntries(
      Object.entries(found.data ?? {}).map(([key, value]) => [
        key,
        Buffer.from(value, 'base64').toString('utf8'),
      ]),
    )
  )
}
