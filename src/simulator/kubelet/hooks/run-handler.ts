// Runs the handler of a lifecycle hook.

import type { V1LifecycleHandler } from '@kubernetes/client-node'
import type { Json } from '../../../pod/json.ts'
import { containerPort } from '../handlers/container-port.ts'
import { execInContainer } from '../handlers/exec.ts'
import { httpGet, type HttpRequest } from '../handlers/http-get.ts'
import { type KubeletParts, podEvent, podText } from '../parts.ts'
import type { HookInput } from '../running-container.ts'
import { after, type Work } from '../work.ts'

/** A hook that waits for an answer for longer than any grace period has no time limit of its own. */
const NO_LIMIT_MS = 24 * 3_600_000

/** Why the hook failed, in the kubelet's words; nothing when it went well. Source: pkg/kubelet/lifecycle/handlers.go:Run. */
export function* runHandler(
  parts: KubeletParts,
  handler: Json<V1LifecycleHandler>,
  input: HookInput,
): Work<string | undefined> {
  const where = `for Container "${input.container.name}" in Pod "${podText(input.pod)}" failed - error:`
  if (handler.exec) {
    const command = handler.exec.command ?? []
    const failure = yield* runExec(parts, command, input)
    return failure && `Exec lifecycle hook ([${command.join(' ')}]) ${where} ${failure}`
  }
  if (handler.httpGet) {
    const failure = yield* runHttp(parts, handler.httpGet, input)
    return failure && `HTTP lifecycle hook (${handler.httpGet.path ?? '/'}) ${where} ${failure}`
  }
  if (handler.sleep) {
    yield after(parts.timers, handler.sleep.seconds * 1_000)
    return undefined
  }
  // tcpSocket passes validation and has no handler.
  return `Cannot run handler: invalid handler: ${JSON.stringify(handler)}`
}

function* runExec(
  parts: KubeletParts,
  command: readonly string[],
  { running }: HookInput,
): Work<string | undefined> {
  const result = yield* execInContainer(parts, running, command)
  if (result.is === 'error') return `rpc error: code = Unknown desc = ${result.message}, message: ""`
  if (result.is === 'timeout') throw new Error('a hook without a time limit has run out of time')
  const text = JSON.stringify(result.output)
  return result.code === 0
    ? undefined
    : `command '${command.join(' ')}' exited with ${result.code}: , message: ${text}`
}

type HttpAction = NonNullable<Json<V1LifecycleHandler>['httpGet']>

/** Any answer is good, whatever its status. */
function* runHttp(parts: KubeletParts, action: HttpAction, input: HookInput): Work<string | undefined> {
  const port = containerPort(action.port, input.container)
  if (typeof port === 'string') return port
  const request: HttpRequest = {
    network: parts.node.network,
    timers: parts.timers,
    scheme: action.scheme === 'HTTPS' ? 'HTTPS' : 'HTTP',
    host: action.host ?? parts.runtime.sandbox(input.pod.metadata.uid ?? '')?.network.ip ?? parts.node.hostIP,
    port,
    path: action.path ?? '/',
    headers: [
      ['User-Agent', 'kube-lifecycle/1.36'],
      ['Accept', '*/*'],
      ...(action.httpHeaders ?? []).map(({ name, value }) => [name, value] as const),
    ],
    timeoutMs: NO_LIMIT_MS,
  }
  const result = yield* httpGet(request)
  if (!('error' in result)) return undefined
  if (!result.error.endsWith('server gave HTTP response to HTTPS client')) return result.error
  const again = yield* httpGet({ ...request, scheme: 'HTTP' })
  if ('error' in again) return again.error
  const message = `request to HTTPS lifecycle hook ${request.host}:${port} got HTTP response, retry with HTTP succeeded`
  const { pod, list, container } = input
  podEvent(parts, pod, {
    type: 'Warning',
    reason: 'LifecycleHTTPFallback',
    message,
    container: { list, name: container.name },
  })
  return undefined
}
