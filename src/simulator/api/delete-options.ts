// How something is to be deleted: from the query, and from a DeleteOptions in the body, which wins.

import { badRequest, invalidObject } from '../store/api-error.ts'
import type { FieldError } from '../store/field-error.ts'
import { invalid, notSupported } from '../store/field-error.ts'
import type { DeleteOptions, PropagationPolicy } from '../store/verbs/delete.ts'
import type { Call } from './call.ts'
import { bodyText } from './decoding/body.ts'
import { JsonTextError, readJsonText } from './decoding/json-text.ts'
import type { Query } from './request.ts'

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
  const text = bodyText(request)
  const wire = text.trim() ? fromBody(text) : fromQuery(query)
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

function fromBody(text: string): Wire {
  const wire = parsed(text)
  const { kind = 'DeleteOptions', apiVersion = 'v1' } = wire
  if (kind !== 'DeleteOptions') {
    const scheme = 'k8s.io/apimachinery/pkg/apis/meta/internalversion/scheme/register.go:27'
    throw badRequest(
      `no kind ${JSON.stringify(kind)} is registered for version ${JSON.stringify(apiVersion)} in scheme ${JSON.stringify(scheme)}`,
    )
  }
  return wire
}

function parsed(text: string): Wire {
  try {
    return (readJsonText(text).value ?? {}) as Wire
  } catch (error) {
    if (!(error instanceof JsonTextError)) throw error
    throw badRequest(`couldn't get version/kind; json parse error: ${error.message}`)
  }
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
