// What the API server answers: a body, a stream of text, a watch, or a connection to a container.

import type { ExecConnection, ForwardConnection } from './node-streams.ts'
import type { Status } from '../store/api-error.ts'

export type ApiResponse = BodyResponse | ConnectionResponse | ForwardResponse | StreamResponse | WatchResponse

interface Head {
  readonly status: number
  /** Lower-case names; `warning` may come several times. */
  readonly headers: Readonly<Record<string, string | string[]>>
}

/** A whole answer. */
export interface BodyResponse extends Head {
  readonly is: 'body'
  readonly body: Body
}

/** A body that need not be serialised when it stays in the process. */
export interface Body {
  /** What was serialised: a Kubernetes object, a list, a Table, a Status, or text. */
  readonly value: unknown
  bytes(): Uint8Array
}

/** Text that comes while it comes (`logs -f`). */
export interface StreamResponse extends Head {
  readonly is: 'stream'
  /** Begins to write into `sink`; answers how to hang up. What is there already is written before this returns. */
  open(sink: TextSink): () => void
}

export interface TextSink {
  write(chunk: Uint8Array): void
  /** Nothing more will come. */
  end(): void
}

/** Events while they happen. */
export interface WatchResponse extends Head {
  readonly is: 'watch'
  /** Begins to tell events; answers how to hang up. Those of the past are told before this returns. */
  open(sink: WatchSink): () => void
}

export interface WatchSink {
  event(event: WatchEvent): void
  /** The server closes the watch. */
  end(): void
}

export interface WatchEvent {
  readonly type: 'ADDED' | 'BOOKMARK' | 'DELETED' | 'ERROR' | 'MODIFIED'
  readonly object: unknown
  /** `{"type":"ADDED","object":{...}}` and a line feed. */
  bytes(): Uint8Array
}

/** exec and attach: the connection stands; whoever speaks to the client opens it. */
export interface ConnectionResponse extends Head {
  readonly is: 'connection'
  readonly connection: ExecConnection
}

/** port-forward. */
export interface ForwardResponse extends Head {
  readonly is: 'forward'
  readonly connection: ForwardConnection
}

const JSON_TYPE = 'application/json'

/** The headers of every answer of the API. */
const COMMON = { 'cache-control': 'no-cache, private' } as const

export function bodyResponse(
  status: number,
  body: Body,
  contentType: string = JSON_TYPE,
  warnings: readonly string[] = [],
): BodyResponse {
  const headers = { ...COMMON, 'content-type': contentType }
  return {
    is: 'body',
    status,
    body,
    headers: warnings.length ? { ...headers, warning: warningHeaders(warnings) } : headers,
  }
}

export function jsonBody(value: unknown): Body {
  return { value, bytes: () => Buffer.from(`${JSON.stringify(value)}\n`) }
}

export function textResponse(status: number, text: string): BodyResponse {
  const headers = { 'content-type': 'text/plain; charset=utf-8', 'x-content-type-options': 'nosniff' }
  return { is: 'body', status, headers, body: { value: text, bytes: () => Buffer.from(text) } }
}

export function statusResponse(status: Status, warnings: readonly string[] = []): BodyResponse {
  return bodyResponse(status.code, jsonBody(status), JSON_TYPE, warnings)
}

/** `299 - "text"`, once for each text (apiserver/pkg/warning, RFC 2616 §14.46). */
export function warningHeaders(texts: readonly string[]): string[] {
  return [...new Set(texts)].map((text) => `299 - ${quoted(text)}`)
}

function quoted(text: string): string {
  return `"${text.replace(/[\\"]/g, String.raw`\$&`)}"`
}
