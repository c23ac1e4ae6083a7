// How a list or a watch is to begin: the parameters of ListOptions, and what is wrong with them.

import type { ApiError } from '../store/api-error.ts'
import { badRequest, invalidObject } from '../store/api-error.ts'
import type { FieldError } from '../store/field-error.ts'
import { forbidden, notSupported } from '../store/field-error.ts'
import type { Query } from './request.ts'

export interface ListOptions {
  readonly isWatch: boolean
  readonly limit: number
  readonly continueToken: string
  /** '' if not given. */
  readonly resourceVersion: string
  readonly resourceVersionMatch: '' | 'Exact' | 'NotOlderThan'
  readonly allowWatchBookmarks: boolean
  readonly sendInitialEvents: boolean | undefined
  readonly timeoutSeconds: number | undefined
}

/** Reads and validates them (apimachinery/pkg/apis/meta/internalversion/validation/validation.go:ValidateListOptions). */
export function listOptionsOf(query: Query, isWatchPath: boolean): ListOptions {
  const options = withDefaults({
    isWatch: isWatchPath || (query.flag('watch') ?? false),
    limit: query.integer('limit') ?? 0,
    continueToken: query.text('continue') ?? '',
    resourceVersion: query.text('resourceVersion') ?? '',
    resourceVersionMatch: (query.text('resourceVersionMatch') ?? '') as ListOptions['resourceVersionMatch'],
    allowWatchBookmarks: query.flag('allowWatchBookmarks') ?? false,
    sendInitialEvents: query.flag('sendInitialEvents'),
    timeoutSeconds: query.integer('timeoutSeconds'),
  })
  const mistakes = options.isWatch ? watchMistakes(options) : listMistakes(options)
  if (mistakes.length) throw invalidObject({ group: 'meta.k8s.io', kind: 'ListOptions' }, '', mistakes)
  return options
}

/** A watch from nowhere begins with what there is (apis/meta/internalversion/defaults.go:SetListOptionsDefaults). */
function withDefaults(options: ListOptions): ListOptions {
  const { isWatch, resourceVersion, resourceVersionMatch, sendInitialEvents } = options
  if (!isWatch || sendInitialEvents !== undefined || resourceVersionMatch) return options
  if (resourceVersion !== '' && resourceVersion !== '0') return options
  return { ...options, sendInitialEvents: true, resourceVersionMatch: 'NotOlderThan' }
}

/** A resourceVersion as a number; `invalidVersion` makes the refusal of what is none: reads and watches differ. */
export function versionNumber(text: string, invalidVersion: (message: string) => ApiError): number {
  if (!/^[0-9]+$/.test(text)) {
    const why = `resourceVersion: Invalid value: ${JSON.stringify(text)}: strconv.ParseUint: parsing ${JSON.stringify(text)}: invalid syntax`
    throw invalidVersion(why)
  }
  return Number(text)
}

/** Lists say a bad resourceVersion with a 400. */
export function badListVersion(why: string): ApiError {
  return badRequest(`invalid resource version: ${why}`)
}

const FIELD = 'resourceVersionMatch'

function listMistakes({
  resourceVersion,
  resourceVersionMatch,
  continueToken,
  sendInitialEvents,
}: ListOptions): readonly FieldError[] {
  const mistakes: FieldError[] = []
  if (resourceVersionMatch) {
    if (!resourceVersion)
      mistakes.push(forbidden(FIELD, 'resourceVersionMatch is forbidden unless resourceVersion is provided'))
    if (continueToken)
      mistakes.push(forbidden(FIELD, 'resourceVersionMatch is forbidden when continue is provided'))
    if (!['Exact', 'NotOlderThan'].includes(resourceVersionMatch))
      mistakes.push(unsupportedMatch(resourceVersionMatch, ['Exact', 'NotOlderThan', '']))
    if (resourceVersionMatch === 'Exact' && resourceVersion === '0') {
      mistakes.push(forbidden(FIELD, 'resourceVersionMatch "exact" is forbidden for resourceVersion "0"'))
    }
  }
  if (sendInitialEvents !== undefined)
    mistakes.push(forbidden('sendInitialEvents', 'sendInitialEvents is forbidden for list'))
  return mistakes
}

function watchMistakes({
  resourceVersionMatch,
  continueToken,
  sendInitialEvents,
}: ListOptions): readonly FieldError[] {
  const mistakes: FieldError[] = []
  if (sendInitialEvents === undefined && resourceVersionMatch) {
    mistakes.push(
      forbidden(FIELD, 'resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided'),
    )
  }
  if (sendInitialEvents !== undefined && resourceVersionMatch !== 'NotOlderThan') {
    mistakes.push(forbidden(FIELD, 'sendInitialEvents requires setting resourceVersionMatch to NotOlderThan'))
  }
  if (resourceVersionMatch && resourceVersionMatch !== 'NotOlderThan') {
    mistakes.push(unsupportedMatch(resourceVersionMatch, ['NotOlderThan']))
  }
  if (resourceVersionMatch && continueToken) {
    mistakes.push(forbidden(FIELD, 'resourceVersionMatch is forbidden when continue is provided'))
  }
  return mistakes
}

function unsupportedMatch(value: string, supported: readonly string[]): FieldError {
  return notSupported(FIELD, value, supported)
}
