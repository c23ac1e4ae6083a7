// PATCH: four languages in which a client says what shall be different.

import { ApiError, badRequest, invalidObject } from '../../store/api-error.ts'
import type { FieldError } from '../../store/field-error.ts'
import { forbidden, invalid, required, tooLong } from '../../store/field-error.ts'
import type { Kind } from '../../store/kind.ts'
import type { KubeObject } from '../../store/object.ts'
import { goText } from '../../store/patch/go-text.ts'
import { jsonPatch } from '../../store/patch/json-patch.ts'
import { mergePatch } from '../../store/patch/merge-patch.ts'
import { strategicMerge } from '../../store/patch/strategic-merge.ts'
import { structOfKind } from '../../store/schema/schema.ts'
import { answerObject } from '../answer.ts'
import type { Call } from '../call.ts'
import { writeOptionsOf } from '../call.ts'
import { bodyText, conformed, fieldValidationOf } from '../decoding/body.ts'
import type { ReadText } from '../decoding/json-text.ts'
import { JsonTextError, readJsonText } from '../decoding/json-text.ts'
import type { BodyResponse } from '../response.ts'
import { apply } from './apply.ts'

const OPTIONS = 'PatchOptions'
const MAX_MANAGER_BYTES = 128

type PatchType = 'apply' | 'json' | 'merge' | 'strategic'

const PATCH_TYPES: Readonly<Record<string, PatchType>> = {
  'application/apply-patch+yaml': 'apply',
  'application/json-patch+json': 'json',
  'application/merge-patch+json': 'merge',
  'application/strategic-merge-patch+json': 'strategic',
}

/** A patch that names no resourceVersion is applied to whatever is stored (endpoints/handlers/patch.go). */
export function patch(call: Call): BodyResponse {
  const { kind, namespace, name = '', subresource } = call.route
  const type = patchTypeOf(call)
  refuseOptions(call, type)
  const options = { ...writeOptionsOf(call, OPTIONS), subresource }
  if (type === 'apply') return apply(call, options)
  const document = readPatch(bodyText(call.request), type)
  const make = (old: KubeObject) => patched(call, kind, old, type, document)
  return answerObject(call, 200, call.registry.change(kind, { namespace, name }, make, options))
}

/** The object that a patch makes of `old`, fit to its kind; refused if it is none, or another one. */
export function patched(
  call: Call,
  kind: Pick<Kind, 'group' | 'kind' | 'version'>,
  old: KubeObject,
  type: Exclude<PatchType, 'apply'>,
  document: ReadText,
): KubeObject {
  const value = patchedValue(old, type, document.value, kind)
  const object = fitted(
    call,
    kind,
    { ...document, value },
    type === 'strategic' ? goText(document.value) : undefined,
  )
  const { name } = call.route
  if (!object.metadata.name) {
    throw badRequest(
      `the name of the object (${name} based on URL) was undeterminable: name must be provided`,
    )
  }
  if (object.metadata.name !== name) {
    throw badRequest(
      `the name of the object (${object.metadata.name}) does not match the name on the URL (${name})`,
    )
  }
  if (object.metadata.namespace !== old.metadata.namespace) {
    throw badRequest('the namespace of the provided object does not match the namespace sent on the request')
  }
  return object
}

/** Reads the body of a patch that is no apply; a 400 for what is no JSON of the right shape. */
export function readPatch(text: string, type: Exclude<PatchType, 'apply'>): ReadText {
  const prefix = type === 'strategic' ? '' : 'error decoding patch: '
  const read = parsed(text, prefix)
  const { value } = read
  const isList = Array.isArray(value)
  const isFit = type === 'json' ? isList : value === null || (typeof value === 'object' && !isList)
  if (isFit) return read
  const goType = type === 'json' ? '[]handlers.jsonPatchOp' : 'map[string]interface {}'
  throw badRequest(`${prefix}json: cannot unmarshal ${jsonKind(value)} into Go value of type ${goType}`)
}

export function patchTypeOf({ request }: Call): PatchType {
  const mediaType = (request.headers?.['content-type'] ?? '').split(';')[0]?.trim() ?? ''
  const type = PATCH_TYPES[mediaType]
  if (!type) throw new ApiError(415, 'UnsupportedMediaType', '415: Unsupported Media Type', {})
  return type
}

function parsed(text: string, prefix: string): ReadText {
  try {
    return readJsonText(text)
  } catch (error) {
    if (error instanceof JsonTextError) throw badRequest(`${prefix}${error.message}`)
    throw error
  }
}

function patchedValue(
  old: KubeObject,
  type: Exclude<PatchType, 'apply'>,
  document: unknown,
  kind: Pick<Kind, 'group' | 'kind' | 'version'>,
): unknown {
  switch (type) {
    case 'json':
      return jsonPatch(old, document as readonly unknown[])
    case 'merge':
      return mergePatch(old, document ?? {})
    case 'strategic':
      return strategicMerge(
        old as unknown as Readonly<Record<string, unknown>>,
        (document ?? {}) as Readonly<Record<string, unknown>>,
        structOfKind(kind),
      )
  }
}

/** What a patch makes must fit the kind; if not, the refusal shows what came of it, or `shown`. */
function fitted(
  { query, warnings }: Call,
  kind: Pick<Kind, 'group' | 'kind' | 'version'>,
  read: ReadText,
  shown: string | undefined,
): KubeObject {
  const validation = fieldValidationOf(query.text('fieldValidation'), OPTIONS)
  try {
    return conformed(read, kind, validation, (text) => warnings.push(text))
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    const why = error.message.replace(/^.* cannot be handled as a \w+: /, '')
    const mistake = invalid('patch', shown ?? JSON.stringify(read.value), why)
    throw invalidObject({ group: '', kind: '' }, '', [mistake])
  }
}

function refuseOptions({ query }: Call, type: PatchType): void {
  const mistakes: FieldError[] = []
  const manager = query.text('fieldManager') ?? ''
  if (type === 'apply' && !manager) mistakes.push(required('fieldManager', 'is required for apply patch'))
  if (type !== 'apply' && query.flag('force')) {
    mistakes.push(forbidden('force', 'may not be specified for non-apply patch'))
  }
  if (Buffer.byteLength(manager) > MAX_MANAGER_BYTES)
    mistakes.push(tooLong('fieldManager', MAX_MANAGER_BYTES))
  if (mistakes.length) throw invalidObject({ group: 'meta.k8s.io', kind: OPTIONS }, '', mistakes)
}

function jsonKind(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'array'
  return typeof value === 'boolean' ? 'bool' : typeof value
}
