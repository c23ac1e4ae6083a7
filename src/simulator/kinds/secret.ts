// The kind Secret.

import type { V1Secret } from '@kubernetes/client-node'
import { age } from '../../pod/age.ts'
import type { FieldError } from '../store/field-error.ts'
import { invalid, required } from '../store/field-error.ts'
import type { Kind } from '../store/kind.ts'
import type { Stored } from '../store/object.ts'
import { AGE_COLUMN, NAME_COLUMN, column } from './columns.ts'
import { dataMistakes, immutableDataMistakes } from './data.ts'
import { fillZero, without } from './defaulting.ts'
import { notSupportedField, selectable } from './selectable-fields.ts'

export type Secret = Stored<V1Secret>

const SERVICE_ACCOUNT_NAME = 'kubernetes.io/service-account.name'

export const secret: Kind<Secret> = {
  group: '',
  version: 'v1',
  kind: 'Secret',
  plural: 'secrets',
  singular: 'secret',
  namespaced: true,

  /** stringData is write-only: its texts become data. */
  defaults(object) {
    const typed = fillZero(object, { type: 'Opaque' })
    if (!typed.stringData) return typed
    const encoded = Object.entries(typed.stringData).map(([key, text]) => [
      key,
      Buffer.from(text).toString('base64'),
    ])
    return {
      ...(without(typed, 'stringData') as Secret),
      data: { ...typed.data, ...Object.fromEntries(encoded) },
    }
  },
  validate: mistakes,
  validateUpdate: (object, old) => [
    ...(object.type === old.type ? [] : [invalid('type', object.type, 'field is immutable')]),
    ...immutableDataMistakes({ data: object.data ?? {} }, { data: old.data ?? {} }, [
      object.immutable,
      old.immutable,
    ]),
    ...mistakes(object),
  ],

  ...selectable<Secret>({ type: ({ type }) => type ?? '' }),
  unknownField: notSupportedField,
  columns: [NAME_COLUMN, column('Type'), column('Data'), AGE_COLUMN],
  cells: ({ metadata, type, data = {} }, atMs) => [
    metadata.name ?? '',
    type ?? '',
    Object.keys(data).length,
    age(metadata.creationTimestamp, atMs),
  ],
}

/** Source: pkg/apis/core/validation/validation.go:ValidateSecret. */
function mistakes(object: Secret): readonly FieldError[] {
  return [...dataMistakes({ data: object.data ?? {} }), ...typeMistakes(object)]
}

/** Every known type of Secret needs its keys. */
function typeMistakes({ type, data = {}, metadata }: Secret): readonly FieldError[] {
  const missing = (...keys: readonly string[]) =>
    keys.filter((key) => !(key in data)).map((key) => required(`data[${key}]`))
  switch (type) {
    case 'kubernetes.io/basic-auth':
      return 'username' in data || 'password' in data ? [] : missing('username', 'password')
    case 'kubernetes.io/dockercfg':
      return jsonMistakes(data, '.dockercfg')
    case 'kubernetes.io/dockerconfigjson':
      return jsonMistakes(data, '.dockerconfigjson')
    case 'kubernetes.io/service-account-token':
      return metadata.annotations?.[SERVICE_ACCOUNT_NAME]
        ? []
        : [required(`metadata.annotations[${SERVICE_ACCOUNT_NAME}]`)]
    case 'kubernetes.io/ssh-auth':
      return data['ssh-privatekey'] ? [] : [required('data[ssh-privatekey]')]
    case 'kubernetes.io/tls':
      return missing('tls.crt', 'tls.key')
    default:
      return []
  }
}

function jsonMistakes(data: Readonly<Record<string, string>>, key: string): readonly FieldError[] {
  const encoded = data[key]
  if (encoded === undefined) return [required(`data[${key}]`)]
  const text = Buffer.from(encoded, 'base64').toString()
  const problem = jsonProblem(text)
  return problem ? [invalid(`data[${key}]`, '<secret contents redacted>', problem)] : []
}

/** In the words of Go's encoding/json, as far as the first character tells. */
function jsonProblem(text: string): string | undefined {
  try {
    JSON.parse(text)
    return undefined
  } catch {
    const first = text.trimStart().charAt(0)
    if (first === '') return 'unexpected end of JSON input'
    return `invalid character '${first}' looking for beginning of value`
  }
}
