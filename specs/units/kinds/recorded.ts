// Exchanges with a real API server, as they were recorded.

import { readFileSync } from 'node:fs'

/** A request and its answer. */
export interface Exchange {
  readonly name: string
  readonly request: {
    readonly method: string
    readonly path: string
    readonly headers?: Readonly<Record<string, string>>
    readonly body?: unknown
  }
  readonly response: {
    readonly status: number
    readonly headers: Readonly<Record<string, string | readonly string[]>>
    readonly body?: RecordedBody
  }
}

/** An object, or a Status. */
export interface RecordedBody {
  readonly kind?: string
  readonly message?: string
  readonly metadata?: { readonly name?: string; readonly uid?: string; readonly resourceVersion?: string }
  readonly details?: { readonly causes?: readonly RecordedCause[] }
  readonly [field: string]: unknown
}

export interface RecordedCause {
  readonly reason: string
  readonly message: string
  readonly field: string
}

/** Where the recording of a theme lies: beside the repository. */
export function recordedPath(theme: string): URL {
  return new URL(`../../../../shared/golden/api/${theme}.json`, import.meta.url)
}

/** The exchanges of a theme, in order. */
export function recorded(theme: string): readonly Exchange[] {
  const { exchanges } = JSON.parse(readFileSync(recordedPath(theme), 'utf8')) as {
    exchanges: readonly Exchange[]
  }
  return exchanges
}
