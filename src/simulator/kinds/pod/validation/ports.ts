// What the ports of containers may look like.

import type { V1ContainerPort } from '@kubernetes/client-node'
import type { Container, Json } from '../../../../pod/json.ts'
import { portNameMistakes, portNumberMistakes } from '../../../../pod/names.ts'
import type { FieldError, FieldPath } from '../../../store/field-error.ts'
import { duplicate, required } from '../../../store/field-error.ts'
import { invalids, oneOf } from '../../field-checks.ts'

const PROTOCOLS = ['SCTP', 'TCP', 'UDP']

/** Source: pkg/apis/core/validation/validation.go:validateContainerPorts. */
export function portsMistakes(
  path: FieldPath,
  ports: readonly Json<V1ContainerPort>[],
): readonly FieldError[] {
  const names = new Set<string>()
  return ports.flatMap((port, index) => {
    const at = `${path}[${index}]`
    const { containerPort, hostPort, protocol } = port
    return [
      ...nameMistakes(`${at}.name`, port.name, names),
      ...(containerPort
        ? invalids(`${at}.containerPort`, containerPort, portNumberMistakes(containerPort))
        : [required(`${at}.containerPort`)]),
      ...(hostPort ? invalids(`${at}.hostPort`, hostPort, portNumberMistakes(hostPort)) : []),
      ...oneOf(`${at}.protocol`, protocol, PROTOCOLS),
    ]
  })
}

/** The ports of a node are used once by a Pod. Source: the same file:checkHostPortConflicts. */
export function hostPortConflicts(path: FieldPath, containers: readonly Container[]): readonly FieldError[] {
  const taken = new Set<string>()
  return containers.flatMap(({ ports = [] }, index) =>
    ports.flatMap(({ hostIP = '', hostPort, protocol }, portIndex) => {
      if (!hostPort) return []
      const place = `${protocol}/${hostIP}/${hostPort}`
      if (taken.has(place)) return [duplicate(`${path}[${index}].ports[${portIndex}].hostPort`, place)]
      taken.add(place)
      return []
    }),
  )
}

function nameMistakes(path: FieldPath, name: string | undefined, names: Set<string>): readonly FieldError[] {
  if (!name) return []
  const mistakes = portNameMistakes(name)
  if (mistakes.length > 0) return invalids(path, name, mistakes)
  if (names.has(name)) return [duplicate(path, name)]
  names.add(name)
  return []
}
