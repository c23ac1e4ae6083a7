// One object as an answer, in the form that the client wants.

import { ApiError, badRequest } from '../store/api-error.ts'
import { fieldErrorText, invalid } from '../store/field-error.ts'
import type { Kind } from '../store/kind.ts'
import type { KubeObject } from '../store/object.ts'
import type { Call } from './call.ts'
import { objectBody } from './encoding.ts'
import type { Encoding } from './negotiation.ts'
import { partialMetadata } from './partial-metadata.ts'
import type { Query } from './request.ts'
import type { Body, BodyResponse } from './response.ts'
import { bodyResponse, jsonBody } from './response.ts'
import type { IncludeObject, TableOptions } from './table.ts'
import { tableOf } from './table.ts'
import { yamlBody } from './yaml-body.ts'

/** `object` is stored, or was; a Table or PartialObjectMetadata is made of it if the client wants that. */
export function answerObject(call: Call, status: number, object: KubeObject): BodyResponse {
  return answerBody(call, status, formed(call, call.route.kind, object))
}

/** A body that is made already, in the encoding that the client wants. */
export function answerBody({ wanted, warnings }: Call<unknown>, status: number, body: Body): BodyResponse {
  return encoded(status, body, wanted.encoding, warnings)
}

export function encoded(
  status: number,
  body: Body,
  encoding: Encoding,
  warnings: readonly string[] = [],
): BodyResponse {
  if (encoding === 'yaml') return bodyResponse(status, yamlBody(body), 'application/yaml', warnings)
  return bodyResponse(status, body, 'application/json', warnings)
}

/** What a Table for this call looks like. */
export function tableOptionsOf({ query, wanted, timers }: Call): TableOptions {
  return { version: wanted.version, includeObject: includeObjectOf(query), atMs: timers.now() }
}

function formed(call: Call, kind: Kind, object: KubeObject): Body {
  const { as, version } = call.wanted
  switch (as) {
    case 'object':
      return objectBody(object)
    case 'PartialObjectMetadata':
      return jsonBody(partialMetadata(object, version))
    case 'PartialObjectMetadataList':
      throw wrongForm(
        `you requested PartialObjectMetadataList, but the requested object is not a list (*${goName(kind)})`,
      )
    case 'Table': {
      const { resourceVersion } = object.metadata
      return jsonBody(
        tableOf(kind, [object], resourceVersion ? { resourceVersion } : {}, tableOptionsOf(call)),
      )
    }
  }
}

export function wrongForm(message: string): ApiError {
  return new ApiError(406, 'NotAcceptable', message)
}

/** `core.Pod`: how errors call the internal type. */
export function goName({ group, kind }: Kind): string {
  return `${group.split('.')[0] || 'core'}.${kind}`
}

function includeObjectOf(query: Query): IncludeObject {
  const text = query.text('includeObject') || 'Metadata'
  if (text === 'Metadata' || text === 'None' || text === 'Object') return text
  const mistake = fieldErrorText(
    invalid('includeObject', text, "must be 'Metadata', 'Object', 'None', or empty"),
  )
  throw badRequest(`Unable to convert to Table as requested: ${mistake}`)
}
