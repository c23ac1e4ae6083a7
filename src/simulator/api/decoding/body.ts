// The body of a request as an object of its kind, or the refusal that the API server has for it.

import { ApiError, badRequest, invalidObject, unsupportedMediaType } from '../../store/api-error.ts'
import { notSupported } from '../../store/field-error.ts'
import { apiVersionOf } from '../../store/kind.ts'
import type { KubeObject } from '../../store/object.ts'
import type { Struct } from '../../store/schema/schema.ts'
import { struct, structOfKind } from '../../store/schema/schema.ts'
import type { ApiRequest } from '../request.ts'
import { conform, ConformError } from './conform.ts'
import type { ReadText } from './json-text.ts'
import { JsonTextError, readJsonText } from './json-text.ts'
import type { ReadYaml } from './yaml-text.ts'
import { readYamlText, YamlTextError } from './yaml-text.ts'

/** What is done about unknown and repeated fields. */
export type FieldValidation = 'Ignore' | 'Strict' | 'Warn'

interface Named {
  readonly group: string
  readonly version: string
  readonly kind: string
}

const MEDIA_TYPES = ['application/json', 'application/yaml', 'application/vnd.kubernetes.protobuf']
const MAX_BODY_BYTES = 3 * 1024 * 1024

/**
 * Reads an object of `kind`. The path decides the kind: a body may leave its own out, but not say another one. Throws a
 * 400 in the words of the API server (apiserver/pkg/endpoints/handlers/create.go, runtime/serializer/json).
 */
export function decodeBody(
  request: ApiRequest,
  kind: Named,
  validation: FieldValidation,
  warn: (text: string) => void,
): KubeObject {
  const text = bodyText(request)
  const read = readBody(request, kind, text)
  refuseOtherKind(read.value, kind, text)
  return conformed(read, kind, validation, warn)
}

/** The `fieldValidation` of a request; Warn if it does not say. */
export function fieldValidationOf(text: string | undefined, options: string): FieldValidation {
  if (!text) return 'Warn'
  if (text === 'Ignore' || text === 'Strict' || text === 'Warn') return text
  const mistake = notSupported('fieldValidation', text, ['', 'Ignore', 'Strict', 'Warn'])
  throw invalidObject({ group: 'meta.k8s.io', kind: options }, '', [mistake])
}

/** The body as text; a 413 if it is too long. */
export function bodyText({ body = '' }: ApiRequest): string {
  const length = typeof body === 'string' ? Buffer.byteLength(body) : body.length
  if (length > MAX_BODY_BYTES) {
    const message = `Request entity too large: limit is ${MAX_BODY_BYTES}`
    throw new ApiError(413, 'RequestEntityTooLarge', message, {})
  }
  return typeof body === 'string' ? body : Buffer.from(body).toString('utf8')
}

/** Makes a document fit its kind and tells what it has too much, as a refusal or as warnings. */
export function conformed(
  read: ReadText | ReadYaml,
  kind: Named,
  validation: FieldValidation,
  warn: (text: string) => void,
): KubeObject {
  const structure = structOfKind(kind)
  const identified = { apiVersion: apiVersionOf(kind), kind: kind.kind }
  if (read.value === null) return { ...identified, metadata: {} }
  const { value, unknown } = conformedValue(read, structure, kind)
  const surplus = surplusTexts(read, unknown)
  if (validation === 'Strict' && surplus.length) throw strictError(read, unknown, kind)
  if (validation === 'Warn') for (const text of surplus) warn(text)
  return { metadata: {}, ...(value as object), ...identified }
}

function conformedValue(
  read: ReadText,
  structure: Struct | undefined,
  kind: Named,
): ReturnType<typeof conform> {
  if (!structure) return { value: read.value, unknown: [] }
  try {
    return conform(read.value, structure, read.oddNumbers)
  } catch (error) {
    if (error instanceof ConformError) throw cannotBeHandled(kind, kind, error.message)
    throw error
  }
}

function readBody(request: ApiRequest, kind: Named, text: string): ReadText | ReadYaml {
  try {
    return readText(request)
  } catch (error) {
    if (error instanceof JsonTextError) {
      throw unrecognized(kind, `couldn't get version/kind; json parse error: ${error.message}`, text)
    }
    if (error instanceof YamlTextError) throw unrecognized(kind, error.message, text)
    throw error
  }
}

/** The document of a body, in the language that its Content-Type names; a 415 for any other. */
export function readText(request: ApiRequest): ReadText | ReadYaml {
  const text = bodyText(request)
  return isYaml(request) ? readYamlText(text) : readJsonText(text)
}

function isYaml({ headers }: ApiRequest): boolean {
  const type = (headers?.['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? ''
  if (type === 'application/yaml') return true
  if (type !== '' && type !== 'application/json') throw unsupportedMediaType(MEDIA_TYPES)
  return false
}

function refuseOtherKind(value: unknown, expected: Named, text: string): void {
  if (value === null) return
  if (typeof value !== 'object' || Array.isArray(value)) throw noObject(value, expected, text)
  for (const field of ['apiVersion', 'kind'] as const) {
    const said = (value as Record<string, unknown>)[field]
    if (said !== undefined && said !== null && typeof said !== 'string')
      throw wrongHead(field, said, expected, text)
  }
  const { apiVersion, kind } = value as { readonly apiVersion?: string; readonly kind?: string }
  if (apiVersion && apiVersion.split('/').length > 2) {
    throw unrecognized(expected, `unexpected GroupVersion string: ${apiVersion}`, text)
  }
  refuseOtherName(apiVersion || apiVersionOf(expected), kind || expected.kind, expected)
}

function refuseOtherName(apiVersion: string, kind: string, expected: Named): void {
  if (apiVersion === apiVersionOf(expected) && kind === expected.kind) return
  const [version = '', group = ''] = apiVersion.split('/').toReversed()
  const said = { group, version, kind }
  if (!structOfKind(said) && !struct(`meta.v1.${kind}`)) {
    const scheme = 'pkg/api/legacyscheme/scheme.go:30'
    const missing = `no kind ${JSON.stringify(kind)} is registered for version ${JSON.stringify(apiVersion)} in scheme ${JSON.stringify(scheme)}`
    throw cannotBeHandled(said, expected, missing)
  }
  const [from, to] = [`${said.version}.${kind}`, `${familyOf(expected)}.${expected.kind}`]
  throw cannotBeHandled(said, expected, `converting (${from}) to (${to}): unknown conversion`)
}

function noObject(value: unknown, expected: Named, text: string): ApiError {
  return unrecognized(expected, `couldn't get version/kind; json parse error: ${noStructText(value)}`, text)
}

/** What Go says of a document that is no object. */
export function noStructText(value: unknown): string {
  const is = Array.isArray(value) ? 'array' : typeof value === 'boolean' ? 'bool' : typeof value
  const go = String.raw`struct { APIVersion string "json:\"apiVersion,omitempty\""; Kind string "json:\"kind,omitempty\"" }`
  return `json: cannot unmarshal ${is} into Go value of type ${go}`
}

function wrongHead(field: string, value: unknown, expected: Named, text: string): ApiError {
  const is = Array.isArray(value) ? 'array' : typeof value === 'boolean' ? 'bool' : typeof value
  const why = `json: cannot unmarshal ${is} into Go struct field .${field} of type string`
  return unrecognized(expected, `couldn't get version/kind; json parse error: ${why}`, text)
}

/** `the object provided is unrecognized (must be of type Pod): why (first bytes)` */
function unrecognized({ kind }: Named, why: string, text: string): ApiError {
  return badRequest(
    `the object provided is unrecognized (must be of type ${kind}): ${why} (${firstBytes(text)})`,
  )
}

/** `Pod in version "v1" cannot be handled as a Pod: why` */
function cannotBeHandled(said: Named, expected: Named, why: string): ApiError {
  const version = JSON.stringify(said.version)
  return badRequest(`${said.kind} in version ${version} cannot be handled as a ${expected.kind}: ${why}`)
}

function strictError(read: ReadText | ReadYaml, unknown: readonly string[], kind: Named): ApiError {
  const repeats = 'repeats' in read ? read.repeats : []
  const repeated = repeats.length
    ? [`yaml: unmarshal errors:${repeats.map((text) => `\n  ${text}`).join('')}`]
    : []
  const surplus = [...repeated, ...surplusTexts({ ...read, repeats: [] }, unknown)]
  return cannotBeHandled(kind, kind, `strict decoding error: ${surplus.join(', ')}`)
}

function surplusTexts(
  read: ReadText | (ReadText & { readonly repeats: readonly string[] }),
  unknown: readonly string[],
): readonly string[] {
  return [
    ...('repeats' in read ? read.repeats : []),
    ...read.duplicates.map((path) => `duplicate field ${JSON.stringify(path)}`),
    ...unknown.map((path) => `unknown field ${JSON.stringify(path)}`),
  ]
}

/** What an error shows of a body: text if it looks like JSON, hexadecimal otherwise (serializer/recognizer, util/httpstream). */
function firstBytes(text: string): string {
  if (text === '') return '<empty>'
  if (text.startsWith('{')) return text.length > 30 ? `${text.slice(0, 30)} ...` : text
  const hex = Buffer.from(text).toString('hex')
  return hex.length > 60 ? `${hex.slice(0, 60)} ...` : hex
}

/** Internal types live in packages named after the group: core.Pod, apps.Deployment. */
function familyOf({ group }: Named): string {
  return group.split('.')[0] || 'core'
}
