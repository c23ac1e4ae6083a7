// How something is to be deleted: from the query, and from a DeleteOptions in the body, which wins.

import type { ApiError } from '../store/api-error.ts'
import { badRequest, invalidObject } from '../store/api-error.ts'
import type { FieldError } from '../store/field-error.ts'
import { invalid, notSupported } from '../store/field-error.ts'
import { structOfKind } from '../store/schema/schema.ts'
import type { DeleteOptions, PropagationPolicy } from '../store/verbs/delete.ts'
import type { Call } from './call.ts'
import { bodyText, noStructText, readText } from './decoding/body.ts'
import { conform, ConformError } from './decoding/conform.ts'
import type { ReadText } from './decoding/json-text.ts'
import { JsonTextError } from './decoding/json-text.ts'
import type { ApiRequest, Query } from './request.ts'

/** meta/v1 DeleteOptions as it comes. */
interface Wire {
  readonly kind?: string
  readonly apiVersion?: string
  readonly gracePeriodSeconds?: number | null
  readonly propagationPolicy?: string | null
  readonly orphanDependents?: boolean | null
  readonly dryRun?: readonly string[] | null
  readonly preconditions?: { readonly uid?: string; readonly resourceVersion?: string } | null
}

/** Throws a 400 for a body that is no DeleteOptions, a 422 for options that contradict each other. */
export function deleteOptionsOf({ request, query }: Call): DeleteOptions {
  const wire = bodyText(request).trim() ? fromBody(request) : fromQuery(query)
  const mistakes = mistakesOf(wire)
  if (mistakes.length) throw invalidObject({ group: 'meta.k8s.io', kind: 'DeleteOptions' }, '', mistakes)
  const { gracePeriodSeconds, preconditions } = wire
  return {
    gracePeriodSeconds: gracePeriodSeconds ?? undefined,
    propagationPolicy: policyOf(wire),
    preconditions: preconditions ?? undefined,
    dryRun: Boolean(wire.dryRun?.length),
  }
}

function fromQuery(query: Query): Wire {
  const dryRun = query.texts('dryRun')
  return {
    gracePeriodSeconds: query.integer('gracePeriodSeconds') ?? null,
    propagationPolicy: query.text('propagationPolicy') ?? null,
    orphanDependents: query.flag('orphanDependents') ?? null,
    dryRun,
  }
}

function fromBody(request: ApiRequest): Wire {
  const { value, ...read } = readDocument(request)
  if (value === null) return {}
  if (typeof value !== 'object' || Array.isArray(value)) throw notAnObject(value)
  const { kind = 'DeleteOptions', apiVersion = 'v1' } = value as Wire
  if (kind !== 'DeleteOptions') {
    const scheme = 'k8s.io/apimachinery/pkg/apis/meta/internalversion/scheme/register.go:27'
    throw badRequest(
      `no kind ${JSON.stringify(kind)} is registered for version ${JSON.stringify(apiVersion)} in scheme ${JSON.stringify(scheme)}`,
    )
  }
  return conformedOptions(value, read.oddNumbers)
}

function readDocument(request: ApiRequest): ReadText {
  try {
    return readText(request)
  } catch (error) {
    if (!(error instanceof JsonTextError)) throw error
    throw badRequest(`couldn't get version/kind; json parse error: ${error.message}`)
  }
}

/** Fields that are no options are left out without a word. */
function conformedOptions(value: unknown, oddNumbers: ReadText['oddNumbers']): Wire {
  const struct = structOfKind({ group: 'meta', version: 'v1', kind: 'DeleteOptions' })
  if (!struct) throw new Error('the structure of DeleteOptions is missing')
  try {
    return conform(value, struct, oddNumbers).value as Wire
  } catch (error) {
    if (error instanceof ConformError) throw badRequest(error.message)
    throw error
  }
}

function notAnObject(value: unknown): ApiError {
  return badRequest(`couldn't get version/kind; json parse error: ${noStructText(value)}`)
}

function policyOf({ propagationPolicy, orphanDependents }: Wire): PropagationPolicy | undefined {
  if (propagationPolicy) return propagationPolicy as PropagationPolicy
  if (orphanDependents === true) return 'Orphan'
  return orphanDependents === false ? 'Background' : undefined
}

function mistakesOf({ propagationPolicy, orphanDependents, dryRun }: Wire): readonly FieldError[] {
  const policies = ['Foreground', 'Background', 'Orphan']
  const mistakes: FieldError[] = []
  if (
    propagationPolicy !== undefined &&
    propagationPolicy !== null &&
    orphanDependents !== undefined &&
    orphanDependents !== null
  ) {
    mistakes.push(
      invalid(
        'propagationPolicy',
        propagationPolicy,
        'orphanDependents and deletionPropagation cannot be both set',
      ),
    )
  }
  if (
    propagationPolicy !== undefined &&
    propagationPolicy !== null &&
    !policies.includes(propagationPolicy)
  ) {
    mistakes.push(notSupported('propagationPolicy', propagationPolicy, [...policies, 'nil']))
  }
  if (dryRun?.some((value) => value !== 'All')) mistakes.push(notSupported('dryRun', dryRun, ['All']))
  return mistakes
}
