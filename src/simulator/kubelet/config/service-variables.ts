// The environment variables that tell a container where the Services of its namespace are.

import type { Service } from '../../kinds/service/service.ts'

/**
 * Services that exist when the container is made; those of its own namespace only where the pod wants them, and
 * default/kubernetes always. Source: pkg/kubelet/kubelet_pods.go:getServiceEnvVarMap, pkg/kubelet/envvars/envvars.go.
 */
export function serviceVariables(
  services: readonly Service[],
  namespace: string,
  enableServiceLinks: boolean,
): Record<string, string> {
  const chosen = new Map<string, Service>()
  for (const service of services) {
    const { namespace: own, name = '' } = service.metadata
    const isMaster = own === 'default' && name === 'kubernetes'
    if (!isMaster && !(own === namespace && enableServiceLinks)) continue
    if (!isReachable(service)) continue
    // A Service of the pod's namespace hides the master Service of the same name.
    if (!chosen.has(name) || own === namespace) chosen.set(name, service)
  }
  return Object.assign({}, ...[...chosen.values()].map(variablesOf)) as Record<string, string>
}

function isReachable({ spec }: Service): boolean {
  const { clusterIP } = spec ?? {}
  return clusterIP !== undefined && clusterIP !== '' && clusterIP !== 'None'
}

/** The same for every container that is made while the Service stays as it is. */
function variablesOf(service: Service): Readonly<Record<string, string>> {
  const known = variables.get(service)
  if (known) return known
  const made = madeVariables(service)
  variables.set(service, made)
  return made
}

const variables = new WeakMap<Service, Readonly<Record<string, string>>>()

function madeVariables({ metadata, spec }: Service): Record<string, string> {
  const prefix = variableName(metadata.name ?? '')
  const host = spec?.clusterIP ?? ''
  const ports = spec?.ports ?? []
  const first = ports[0]
  const variables: Record<string, string> = { [`${prefix}_SERVICE_HOST`]: host }
  if (!first) return variables
  variables[`${prefix}_SERVICE_PORT`] = String(first.port)
  for (const { name, port } of ports)
    if (name) variables[`${prefix}_SERVICE_PORT_${variableName(name)}`] = String(port)
  for (const [index, { port, protocol = 'TCP' }] of ports.entries()) {
    const lower = protocol.toLowerCase()
    const url = `${lower}://${host}:${port}`
    const base = `${prefix}_PORT_${port}_${protocol}`
    if (index === 0) variables[`${prefix}_PORT`] = url
    variables[base] = url
    variables[`${base}_PROTO`] = lower
    variables[`${base}_PORT`] = String(port)
    variables[`${base}_ADDR`] = host
  }
  return variables
}

function variableName(name: string): string {
  return name.toUpperCase().replaceAll('-', '_')
}
