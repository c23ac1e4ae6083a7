// What the API server warns of when a Pod is created, without refusing it.

import type { V1ContainerPort } from '@kubernetes/client-node'
import type { Container, Json, PodSpec } from '../../../../pod/json.ts'
import { dns1123LabelMistakes } from '../../../../pod/names.ts'
import type { Pod } from '../pod.ts'
import { schedulingWarnings } from './scheduling-warnings.ts'

interface PlacedPort {
  readonly path: string
  readonly port: Json<V1ContainerPort>
}

/** Source: pkg/api/pod/warnings.go:GetWarningsForPod. */
export function podWarnings(pod: Pod, old: Pod | undefined): readonly string[] {
  if (old) return []
  const spec = pod.spec ?? { containers: [] }
  return [...hostnameWarnings(pod.metadata.name ?? ''), ...podSpecWarnings('spec', spec)]
}

/** The part that templates have as well. */
export function podSpecWarnings(path: string, spec: PodSpec): readonly string[] {
  return [
    ...schedulingWarnings(path, spec),
    ...(spec.volumes ?? []).flatMap(({ gitRepo }, index) =>
      gitRepo
        ? [`${path}.volumes[${index}].gitRepo: deprecated in v1.11, and disabled by default in v1.33+`]
        : [],
    ),
    ...duplicateVariables(path, spec),
    ...duplicatePorts(path, spec),
    ...smallMemory(path, spec),
  ]
}

function hostnameWarnings(name: string): readonly string[] {
  const mistakes = dns1123LabelMistakes(name)
  if (mistakes.length === 0) return []
  const what = "this is used in the Pod's hostname, which can result in surprising behavior"
  return [`metadata.name: ${what}; a DNS label is recommended: [${mistakes.join(' ')}]`]
}

function duplicateVariables(path: string, spec: PodSpec): readonly string[] {
  return containersOf(path, spec).flatMap(([at, { env = [] }]) =>
    env.flatMap(({ name, value = '' }, index) => {
      const isRepeated = env.findIndex((other) => other.name === name) < index
      // A variable that is made of itself ($(PATH)) hides nothing.
      if (!isRepeated || value.includes(`$(${name})`)) return []
      const what = `hides previous definition of ${JSON.stringify(name)}, which may be dropped when using apply`
      return [`${at}.env[${index}]: ${what}`]
    }),
  )
}

/** A port is told once for each protocol and address, over all containers but the init containers that end. */
function duplicatePorts(path: string, spec: PodSpec): readonly string[] {
  const seen = new Map<string, PlacedPort>()
  return containersOf(path, spec)
    .flatMap(([at, { ports = [] }]) =>
      ports.map((port, i): PlacedPort => ({ path: `${at}.ports[${i}]`, port })),
    )
    .flatMap((placed) => {
      const { containerPort, hostIP = '', hostPort = 0, protocol } = placed.port
      const key = [containerPort, protocol, hostIP, hostPort].join('/')
      const before = seen.get(key)
      if (before) return [`${placed.path}: duplicate port definition with ${before.path}`]
      seen.set(key, placed)
      return []
    })
}

/** Who writes `memory: 100m` meant mebibytes, and got a tenth of a byte. */
function smallMemory(path: string, spec: PodSpec): readonly string[] {
  return containersOf(path, spec).flatMap(([at, { resources }]) =>
    (['limits', 'requests'] as const).flatMap((list) =>
      ['memory', 'ephemeral-storage'].flatMap((name) => {
        const amount = resources?.[list]?.[name]
        if (!amount?.endsWith('m')) return []
        return [
          `${at}.resources.${list}[${name}]: fractional byte value ${JSON.stringify(amount)} is invalid, must be an integer`,
        ]
      }),
    ),
  )
}

function containersOf(path: string, spec: PodSpec): readonly (readonly [string, Container])[] {
  return (['initContainers', 'containers'] as const).flatMap((list) =>
    (spec[list] ?? []).map((container, index) => [`${path}.${list}[${index}]`, container] as const),
  )
}
