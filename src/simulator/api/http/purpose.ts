// What a request is for, by what kubectl says about itself: for the clock, and for people.

import type { IncomingHttpHeaders } from 'node:http'
import { LED_HEADER } from './led-clients.ts'

/** Commands of kubectl that wait for an end: their watches consent to a leap (design: Time). */
const WAITING_COMMANDS = new Set([
  'kubectl delete',
  'kubectl replace',
  'kubectl rollout status',
  'kubectl wait',
])

/** Commands that compute ages on the clock of their host. */
const AGEING_COMMANDS = new Set(['kubectl describe', 'kubectl events'])

/** A client of podproof says in this header how many milliseconds of cluster time its watch may leap over. */
export const CONSENT_HEADER = 'podproof-consents'

/** Why a request is made. */
export interface Purpose {
  /** `kubectl delete`; undefined for other clients. */
  readonly command: string | undefined
  /** One invocation of kubectl: requests with the same session answer each other. */
  readonly session: string | undefined
  /** A client of podproof that goes by the cluster's clock. */
  readonly led: string | undefined
  /** Whether a watch of this request waits for an end, and not for whatever comes. */
  readonly waitsForEnd: boolean
  /** How far such a wait may leap, if the client says so. */
  readonly mostMs: number | undefined
  /** Whether the client computes ages on the host's clock. */
  readonly computesAges: boolean
}

export function purposeOf(headers: IncomingHttpHeaders): Purpose {
  const command = single(headers['kubectl-command'])
  const consent = single(headers[CONSENT_HEADER])
  const mostMs = consent !== undefined && /^\d+$/.test(consent) ? Number(consent) : undefined
  const led = single(headers[LED_HEADER])
  return {
    command,
    session: single(headers['kubectl-session']) ?? led,
    led,
    waitsForEnd: mostMs !== undefined || WAITING_COMMANDS.has(command ?? ''),
    mostMs,
    computesAges: AGEING_COMMANDS.has(command ?? ''),
  }
}

function single(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header[0] : header
}
