// Exchanges recorded from a real API server, read from the material that lies beside the repository.

import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

export interface Theme {
  readonly namespaces: readonly string[]
  readonly exchanges: readonly Exchange[]
}

export interface Exchange {
  readonly name: string
  /** Milliseconds since the theme began. */
  readonly t: number
  readonly request: {
    readonly method: string
    readonly path: string
    readonly headers: Readonly<Record<string, string>>
    readonly body: unknown
  }
  readonly response: {
    readonly status: number
    readonly headers: Readonly<Record<string, unknown>>
    readonly body: unknown
  }
}

const FOLDER = new URL('../../../../../shared/golden/api/', import.meta.url)

/** Undefined where the recordings are missing. */
export function theme(name: string): Theme | undefined {
  const file = fileURLToPath(new URL(`${name}.json`, FOLDER))
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Theme) : undefined
}
