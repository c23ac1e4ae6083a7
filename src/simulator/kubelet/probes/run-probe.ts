// Runs a probe once.

import type { V1Probe } from '@kubernetes/client-node'
import type { Container, Json } from '../../../pod/json.ts'
import { connect } from '../handlers/connect.ts'
import { containerPort } from '../handlers/container-port.ts'
import { execInContainer } from '../handlers/exec.ts'
import { httpGet, type HttpRequest } from '../handlers/http-get.ts'
import type { KubeletParts } from '../parts.ts'
import type { Container as RunningContainer } from '../runtime/container.ts'
import type { Work } from '../work.ts'
import { grpcHealth } from './grpc-health.ts'
import type { ProbeOutcome } from './probe-outcome.ts'

/** The container to look at. */
export interface ProbeInput {
  readonly probe: Json<V1Probe>
  readonly container: Container
  readonly running: RunningContainer
  readonly podIP: string
}

/** Source: pkg/kubelet/prober/prober.go:runProbe; texts from pkg/probe and the recordings probe-*. */
export function* runProbe(parts: KubeletParts, input: ProbeInput): Work<ProbeOutcome> {
  const { probe } = input
  const timeoutMs = (probe.timeoutSeconds ?? 1) * 1_000
  if (probe.exec) return yield* probeExec(parts, input, probe.exec.command ?? [], timeoutMs)
  if (probe.httpGet) return yield* probeHttp(parts, input, probe.httpGet, timeoutMs)
  if (probe.tcpSocket) return yield* probeTcp(parts, input, probe.tcpSocket, timeoutMs)
  if (probe.grpc) {
    const { port, service = '' } = probe.grpc
    return yield* grpcHealth({ ...ofNode(parts), host: input.podIP, port, service, timeoutMs })
  }
  return { is: 'error', output: `missing probe handler for ${input.container.name}` }
}

function ofNode({ node, timers }: KubeletParts) {
  return { network: node.network, timers }
}

function* probeExec(
  parts: KubeletParts,
  { running }: ProbeInput,
  command: readonly string[],
  timeoutMs: number,
): Work<ProbeOutcome> {
  const result = yield* execInContainer(parts, running, command, timeoutMs)
  if (result.is === 'error')
    return { is: 'error', output: `rpc error: code = Unknown desc = ${result.message}` }
  if (result.is === 'timeout') {
    const seconds = timeoutMs / 1_000
    return { is: 'failure', output: `command timed out: "${command.join(' ')}" timed out after ${seconds}s` }
  }
  return { is: result.code === 0 ? 'success' : 'failure', output: result.output }
}

type HttpAction = NonNullable<Json<V1Probe>['httpGet']>

/** More redirects than a probe follows (pkg/probe/http/http.go). */
const MAX_REDIRECTS = 10

function* probeHttp(
  parts: KubeletParts,
  { container, podIP }: ProbeInput,
  action: HttpAction,
  timeoutMs: number,
): Work<ProbeOutcome> {
  const port = containerPort(action.port, container)
  if (typeof port === 'string') return { is: 'error', output: port }
  const own = (action.httpHeaders ?? []).map(({ name, value }) => [name, value] as const)
  const has = (header: string) => own.some(([name]) => name.toLowerCase() === header)
  let request: HttpRequest = {
    ...ofNode(parts),
    scheme: action.scheme === 'HTTPS' ? 'HTTPS' : 'HTTP',
    host: action.host ?? podIP,
    port,
    path: action.path ?? '/',
    headers: [
      ...own,
      ...(has('user-agent') ? [] : [['User-Agent', 'kube-probe/1.36'] as const]),
      ...(has('accept') ? [] : [['Accept', '*/*'] as const]),
    ],
    timeoutMs,
  }
  for (let redirects = 0; ; redirects++) {
    const result = yield* httpGet(request)
    if ('error' in result) return { is: 'failure', output: result.error }
    const { status, body, location } = result
    if (status < 200 || status >= 400)
      return { is: 'failure', output: `HTTP probe failed with statuscode: ${status}` }
    if (status < 300 || location === undefined) return { is: 'success', output: body }
    const target = new URL(
      location,
      `${request.scheme.toLowerCase()}://${request.host}:${request.port}${request.path}`,
    )
    if (target.hostname !== request.host)
      return { is: 'warning', output: `Probe terminated redirects, Response body: ${body}` }
    if (redirects === MAX_REDIRECTS)
      return { is: 'failure', output: `stopped after ${MAX_REDIRECTS} redirects` }
    const isTls = target.protocol === 'https:'
    request = {
      ...request,
      scheme: isTls ? 'HTTPS' : 'HTTP',
      port: Number(target.port || (isTls ? 443 : 80)),
      path: target.pathname + target.search,
    }
  }
}

type TcpAction = NonNullable<Json<V1Probe>['tcpSocket']>

function* probeTcp(
  parts: KubeletParts,
  { container, podIP }: ProbeInput,
  action: TcpAction,
  timeoutMs: number,
): Work<ProbeOutcome> {
  const port = containerPort(action.port, container)
  if (typeof port === 'string') return { is: 'error', output: port }
  const host = action.host ?? podIP
  const deadlineMs = parts.timers.now() + timeoutMs
  const connection = yield* connect({ ...ofNode(parts), host, port, deadlineMs })
  if (connection === 'timeout') return { is: 'failure', output: `dial tcp ${host}:${port}: i/o timeout` }
  if (typeof connection === 'string') return { is: 'failure', output: connection }
  connection.close()
  return { is: 'success', output: '' }
}
