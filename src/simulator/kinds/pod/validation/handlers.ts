// What probes and lifecycle hooks may do.

import type {
  V1ExecAction,
  V1HTTPGetAction,
  V1Lifecycle,
  V1LifecycleHandler,
  V1Probe,
} from '@kubernetes/client-node'
import type { Json } from '../../../../pod/json.ts'
import { regexMistake } from '../../../../pod/names.ts'
import type { FieldError, FieldPath } from '../../../store/field-error.ts'
import { forbidden, invalid, required } from '../../../store/field-error.ts'
import { nonNegative, oneOf, portNumberOrName } from '../../field-checks.ts'

type Handler = Pick<Json<V1Probe>, 'grpc'> &
  Pick<Json<V1LifecycleHandler>, 'exec' | 'httpGet' | 'sleep' | 'tcpSocket'>

const HEADER_NAME = '[-A-Za-z0-9]+'
const COUNTS = [
  'initialDelaySeconds',
  'timeoutSeconds',
  'periodSeconds',
  'successThreshold',
  'failureThreshold',
] as const

/** Source: pkg/apis/core/validation/validation.go:validateLivenessProbe; a startup probe has the same rules. */
export function livenessMistakes(path: FieldPath, probe: Json<V1Probe> | undefined): readonly FieldError[] {
  if (!probe) return []
  const isOne = probe.successThreshold === undefined || probe.successThreshold === 1
  const threshold = isOne ? [] : [invalid(`${path}.successThreshold`, probe.successThreshold, 'must be 1')]
  return [...probeMistakes(path, probe), ...threshold]
}

/** Source: the same file:validateReadinessProbe. */
export function readinessMistakes(path: FieldPath, probe: Json<V1Probe> | undefined): readonly FieldError[] {
  if (!probe) return []
  const seconds = probe.terminationGracePeriodSeconds
  const grace =
    seconds === undefined
      ? []
      : [invalid(`${path}.terminationGracePeriodSeconds`, seconds, 'must not be set for readinessProbes')]
  return [...probeMistakes(path, probe), ...grace]
}

/** Source: the same file:validateLifecycle. */
export function lifecycleMistakes(
  path: FieldPath,
  lifecycle: Json<V1Lifecycle> | undefined,
  graceSeconds: number,
): readonly FieldError[] {
  return (['postStart', 'preStop'] as const).flatMap((hook) => {
    const handler = lifecycle?.[hook]
    return handler ? handlerMistakes(`${path}.${hook}`, handler, graceSeconds) : []
  })
}

function probeMistakes(path: FieldPath, probe: Json<V1Probe>): readonly FieldError[] {
  const grace = probe.terminationGracePeriodSeconds
  return [
    ...handlerMistakes(path, probe, 0),
    ...COUNTS.flatMap((field) => nonNegative(`${path}.${field}`, probe[field])),
    ...(grace !== undefined && grace <= 0
      ? [invalid(`${path}.terminationGracePeriodSeconds`, grace, 'must be greater than 0')]
      : []),
  ]
}

/** One handler, no more; the second is the one that is refused. Source: the same file:validateHandler. */
function handlerMistakes(path: FieldPath, handler: Handler, graceSeconds: number): readonly FieldError[] {
  const { exec, httpGet, tcpSocket, grpc, sleep } = handler
  const found: [string, readonly FieldError[]][] = []
  if (exec) found.push(['exec', execMistakes(`${path}.exec`, exec)])
  if (httpGet) found.push(['httpGet', httpGetMistakes(`${path}.httpGet`, httpGet)])
  if (tcpSocket) found.push(['tcpSocket', portNumberOrName(`${path}.tcpSocket.port`, tcpSocket.port)])
  if (grpc) found.push(['grpc', portNumberOrName(`${path}.grpc.port`, grpc.port)])
  if (sleep) found.push(['sleep', sleepMistakes(`${path}.sleep`, sleep.seconds ?? 0, graceSeconds)])
  if (found.length === 0) return [required(path, 'must specify a handler type')]
  return found.flatMap(([type, mistakes], index) =>
    index === 0 ? mistakes : [forbidden(`${path}.${type}`, 'may not specify more than 1 handler type')],
  )
}

function execMistakes(path: FieldPath, { command }: Json<V1ExecAction>): readonly FieldError[] {
  return command?.length ? [] : [required(`${path}.command`)]
}

function httpGetMistakes(path: FieldPath, action: Json<V1HTTPGetAction>): readonly FieldError[] {
  const headers = action.httpHeaders ?? []
  return [
    ...(action.path ? [] : [required(`${path}.path`)]),
    ...portNumberOrName(`${path}.port`, action.port),
    ...oneOf(`${path}.scheme`, action.scheme, ['HTTP', 'HTTPS']),
    ...headers
      .filter(({ name }) => !new RegExp(`^${HEADER_NAME}$`).test(name))
      .map(({ name }) => invalid(`${path}.httpHeaders`, name, headerMistake())),
  ]
}

function headerMistake(): string {
  return regexMistake(
    "a valid HTTP header must consist of alphanumeric characters or '-'",
    HEADER_NAME,
    'X-Header-Name',
  )
}

function sleepMistakes(path: FieldPath, seconds: number, graceSeconds: number): readonly FieldError[] {
  if (seconds >= 0 && seconds <= graceSeconds) return []
  const detail = `must be non-negative and less than terminationGracePeriodSeconds (${graceSeconds})`
  return [invalid(path, seconds, detail)]
}
