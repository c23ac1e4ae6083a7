// GET /log: what a container wrote.

import { badRequest, invalidObject } from '../../store/api-error.ts'
import type { FieldError } from '../../store/field-error.ts'
import { forbidden, invalid } from '../../store/field-error.ts'
import type { LogOptions } from '../node-streams.ts'
import type { Call } from '../call.ts'
import type { Query } from '../request.ts'
import type { ApiResponse } from '../response.ts'
import { containerOf, nodeStreamsOf, podOf } from './container.ts'
import { TIME_LAYOUT, timeMistake } from '../decoding/go-time.ts'
import type { Connector } from './subresource.ts'

const HEADERS = { 'content-type': 'text/plain', 'cache-control': 'no-cache, private' } as const

/** An unscheduled Pod has no log, and nobody to ask: 204 (pkg/registry/core/pod/rest/log.go). */
export const log: Connector = {
  methods: ['GET'],
  connect(server, call): ApiResponse {
    const options = logOptionsOf(call)
    const pod = podOf(call)
    const container = containerOf(pod, call.query.text('container') ?? '')
    if (!pod.spec?.nodeName)
      return { is: 'body', status: 204, headers: {}, body: { value: '', bytes: () => Buffer.alloc(0) } }
    const node = nodeStreamsOf(server, call, pod)
    const prepared = node.logs(pod, container, options)
    return { is: 'stream', status: 200, headers: HEADERS, open: (sink) => prepared.open(sink) }
  },
}

function logOptionsOf(call: Call): LogOptions {
  const { query } = call
  const options = {
    tailLines: query.integer('tailLines'),
    limitBytes: query.integer('limitBytes'),
    sinceSeconds: query.integer('sinceSeconds'),
    sinceTime: sinceTimeOf(query),
  }
  const mistakes = mistakesOf(query, options)
  if (mistakes.length)
    throw invalidObject({ group: '', kind: 'PodLogOptions' }, call.route.name ?? '', mistakes)
  const { sinceSeconds, sinceTime, tailLines, limitBytes } = options
  return {
    follow: query.flag('follow') ?? false,
    previous: query.flag('previous') ?? false,
    timestamps: query.flag('timestamps') ?? false,
    sinceMs: sinceSeconds === undefined ? sinceTime : call.timers.now() - sinceSeconds * 1000,
    tailLines,
    limitBytes,
  }
}

interface Numbers {
  readonly tailLines: number | undefined
  readonly limitBytes: number | undefined
  readonly sinceSeconds: number | undefined
  readonly sinceTime: number | undefined
}

/** pkg/apis/core/validation/validation.go:ValidatePodLogOptions */
function mistakesOf(
  query: Query,
  { tailLines, limitBytes, sinceSeconds, sinceTime }: Numbers,
): readonly FieldError[] {
  const mistakes: FieldError[] = []
  if (tailLines !== undefined && tailLines < 0) {
    mistakes.push(invalid('tailLines', tailLines, 'must be greater than or equal to 0'))
  }
  if (limitBytes !== undefined && limitBytes < 1)
    mistakes.push(invalid('limitBytes', limitBytes, 'must be greater than 0'))
  if (sinceSeconds !== undefined && sinceTime !== undefined) {
    mistakes.push(forbidden('', 'at most one of `sinceTime` or `sinceSeconds` may be specified'))
  } else if (sinceSeconds !== undefined && sinceSeconds < 1) {
    mistakes.push(invalid('sinceSeconds', sinceSeconds, 'must be greater than 0'))
  }
  if (query.has('stream')) mistakes.push(forbidden('stream', 'may not be specified'))
  return mistakes
}

function sinceTimeOf(query: Query): number | undefined {
  const text = query.text('sinceTime')
  if (!text) return undefined
  const mistake = timeMistake(text, TIME_LAYOUT)
  if (mistake) throw badRequest(mistake)
  return Date.parse(text)
}
