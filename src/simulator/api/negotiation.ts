// In which form a client wants its answer: JSON or YAML; the object, a Table or only the metadata.

import { ApiError } from '../store/api-error.ts'

/** What to answer with. */
export interface Wanted {
  readonly encoding: Encoding
  readonly as: Form
  /** The version of Table or PartialObjectMetadata. */
  readonly version: 'v1' | 'v1beta1'
}

export type Encoding = 'json' | 'yaml'

export type Form = 'object' | 'PartialObjectMetadata' | 'PartialObjectMetadataList' | 'Table'

/** What a place can answer with. */
export interface Offer {
  readonly encodings: readonly Encoding[]
  /** Whether Tables and the like are offered. */
  readonly forms: boolean
  /** What a refusal lists. */
  readonly representations: readonly string[]
}

const TYPES = ['application/json', 'application/yaml', 'application/vnd.kubernetes.protobuf'] as const
const WATCH_TYPES = [
  'application/json;stream=watch',
  'application/vnd.kubernetes.protobuf;stream=watch',
] as const

export const OBJECT_OFFER: Offer = { encodings: ['json', 'yaml'], forms: true, representations: TYPES }
export const DISCOVERY_OFFER: Offer = { encodings: ['json', 'yaml'], forms: false, representations: TYPES }
export const JSON_OFFER: Offer = { encodings: ['json'], forms: false, representations: ['application/json'] }
export const LIST_OFFER: Offer = {
  ...OBJECT_OFFER,
  representations: [...TYPES, ...WATCH_TYPES],
}

const ENCODINGS: Readonly<Record<string, Encoding>> = {
  '*/*': 'json',
  'application/json': 'json',
  'application/yaml': 'yaml',
}

/**
 * The first of the accepted media types that can be answered, by quality and then in their order; a 406 if there is none.
 * Protobuf is not spoken: who accepts nothing else is refused (apiserver/pkg/endpoints/handlers/negotiation/negotiate.go).
 */
export function negotiate(accept: string | undefined, offer: Offer = OBJECT_OFFER): Wanted {
  const clauses = parseAccept(accept || '*/*')
  const known = clauses.filter(({ type }) => offer.encodings.includes(ENCODINGS[type] as Encoding))
  if (!known.length) throw noRepresentation(offer)
  for (const { type, parameters } of known) {
    const wanted = wantedBy(ENCODINGS[type] as Encoding, parameters, offer)
    if (wanted) return wanted
  }
  throw new ApiError(406, 'NotAcceptable', `only the following media types are accepted: ${TYPES.join(', ')}`)
}

interface Clause {
  readonly type: string
  readonly parameters: ReadonlyMap<string, string>
  readonly quality: number
}

function parseAccept(accept: string): readonly Clause[] {
  return accept
    .split(',')
    .map((text) => {
      const [type = '', ...rest] = text.split(';').map((part) => part.trim())
      const parameters = new Map(rest.map((part) => part.split('=') as [string, string]))
      return { type: type.toLowerCase(), parameters, quality: Number(parameters.get('q') ?? 1) }
    })
    .sort((a, b) => b.quality - a.quality)
}

function wantedBy(
  encoding: Encoding,
  parameters: ReadonlyMap<string, string>,
  { forms }: Offer,
): Wanted | undefined {
  const as = parameters.get('as')
  if (as === undefined) return { encoding, as: 'object', version: 'v1' }
  const version = parameters.get('v')
  const isKnown = forms && isForm(as) && parameters.get('g') === 'meta.k8s.io'
  return isKnown && (version === 'v1' || version === 'v1beta1') ? { encoding, as, version } : undefined
}

function isForm(text: string): text is Form {
  return ['PartialObjectMetadata', 'PartialObjectMetadataList', 'Table'].includes(text)
}

function noRepresentation({ representations }: Offer): ApiError {
  const message = `406: Not Acceptable\n\nAvailable representations: ${representations.join(', ')}`
  return new ApiError(406, 'NotAcceptable', message, {})
}
