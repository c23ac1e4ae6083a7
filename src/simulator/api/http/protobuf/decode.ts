// Kubernetes' protobuf read into the JSON that means the same: kubectl's typed commands send it (`create deployment`).

import { badRequest } from '../../../store/api-error.ts'
import { messageOf } from './messages.ts'
import type { Field, Message } from './messages.ts'
import { WireReader } from './wire.ts'
import type { WireValue } from './wire.ts'

type Json = Record<string, unknown>

/** What precedes an object (apimachinery/pkg/runtime/serializer/protobuf): `k8s` and a zero byte. */
const MAGIC = Buffer.from('k8s\0')

/**
 * The object in a body of type application/vnd.kubernetes.protobuf, with its kind and apiVersion. Zero values of fields
 * that are no pointers are left out, as Go leaves them out of JSON. Throws a 400 for what is no such body, and for
 * messages and fields that are not known here.
 */
export function decodeProtobuf(body: Uint8Array): Json {
  const bytes = Buffer.from(body)
  if (!bytes.subarray(0, MAGIC.length).equals(MAGIC)) throw badRequest('the body is not prefixed with k8s\\0')
  const envelope = new Map(new WireReader(bytes.subarray(MAGIC.length)))
  const typeMeta = new Map(new WireReader(bytesOf(envelope.get(1))))
  const apiVersion = textOf(typeMeta.get(1))
  const kind = textOf(typeMeta.get(2))
  const name = `${groupOf(apiVersion)}.${kind}`
  const message = messageOf(name)
  if (!message) throw badRequest(`${kind} of ${apiVersion} is not read from protobuf here: send JSON`)
  return { kind, apiVersion, ...decodeMessage(bytesOf(envelope.get(2)), message, name) }
}

/** `apps/v1` is its own name; groups of k8s.io go by their first part, the core group by `core`. */
function groupOf(apiVersion: string): string {
  const [group, version] = apiVersion.includes('/') ? apiVersion.split('/', 2) : ['core', apiVersion]
  return `${(group ?? '').replace(/\.k8s\.io$/, '').replace(/\.authorization$/, '')}/${version}`
}

function decodeMessage(bytes: Buffer, message: Message, name: string): Json {
  const json: Json = {}
  for (const [number, value] of new WireReader(bytes)) {
    const field = message.get(number)
    if (!field) throw badRequest(`field ${number} of ${name} is not read from protobuf here: send JSON`)
    take(json, field, value)
  }
  return json
}

function take(json: Json, field: Field, value: WireValue): void {
  const { name, type, shape } = field
  if (shape === 'map') {
    const entry = new Map(new WireReader(bytesOf(value)))
    json[name] = {
      ...(json[name] as Json | undefined),
      [textOf(entry.get(1))]: decodeValue(type, entry.get(2)),
    }
  } else if (shape === 'list') {
    json[name] = [...((json[name] as unknown[] | undefined) ?? []), decodeValue(type, value)]
  } else if (name === '...') Object.assign(json, decodeValue(type, value))
  else {
    const decoded = decodeValue(type, value)
    if (shape === 'pointer' || !isZero(decoded)) json[name] = decoded
  }
}

/** What `omitempty` leaves out: kubectl sends zeros of everything that is no pointer. */
function isZero(value: unknown): boolean {
  if (typeof value === 'object' && value !== null) return Object.keys(value).length === 0
  return value === undefined || value === '' || value === 0 || value === false
}

function decodeValue(type: string, value: WireValue | undefined): unknown {
  const special = SPECIAL[type]
  if (special) return special(value)
  const message = messageOf(type)
  if (!message) throw badRequest(`${type} is not read from protobuf here: send JSON`)
  return decodeMessage(bytesOf(value), message, type)
}

const SPECIAL: Readonly<Record<string, (value: WireValue | undefined) => unknown>> = {
  bool: (value) => numberOf(value) !== 0,
  bytes: (value) => bytesOf(value).toString('base64'),
  double: (value) => bytesOf(value).readDoubleLE(),
  int: numberOf,
  string: textOf,
  Duration: (value) => `${numberOf(fieldsOf(value).get(1)) / 1e9}s`,
  FieldsV1: rawJson,
  IntOrString: (value) => {
    const fields = fieldsOf(value)
    return numberOf(fields.get(1)) === 0 ? numberOf(fields.get(2)) : textOf(fields.get(3))
  },
  MicroTime: (value) => timeOf(value)?.replace(/\.(\d{3})Z$/, '.$1000Z'),
  Quantity: (value) => textOf(fieldsOf(value).get(1)),
  RawExtension: rawJson,
  // A status is the server's: what a client sends of it is not looked at, here as there.
  Status: () => ({}),
  Time: (value) => timeOf(value)?.replace(/\.\d+Z$/, 'Z'),
}

/** Undefined for the zero time, which JSON shows as null. */
function timeOf(value: WireValue | undefined): string | undefined {
  const fields = fieldsOf(value)
  const seconds = fields.get(1)
  if (seconds === undefined) return undefined
  return new Date(numberOf(seconds) * 1000 + Math.floor(numberOf(fields.get(2)) / 1e6)).toISOString()
}

function rawJson(value: WireValue | undefined): unknown {
  return JSON.parse(textOf(fieldsOf(value).get(1)))
}

function fieldsOf(value: WireValue | undefined): Map<number, WireValue> {
  return new Map(new WireReader(bytesOf(value)))
}

function bytesOf(value: WireValue | undefined): Buffer {
  if (value === undefined) return Buffer.alloc(0)
  if (Buffer.isBuffer(value)) return value
  throw badRequest('a number stands where the message should have bytes')
}

function textOf(value: WireValue | undefined): string {
  return bytesOf(value).toString('utf8')
}

function numberOf(value: WireValue | undefined): number {
  if (value === undefined) return 0
  if (typeof value === 'bigint') return Number(BigInt.asIntN(64, value))
  throw badRequest('bytes stand where the message should have a number')
}
