// Objects as bytes, serialised once for each of their states and shared by all who ask.

import type { KubeObject } from '../store/object.ts'
import type { Body } from './response.ts'

const items = new WeakMap<object, Buffer>()
const wholes = new WeakMap<object, Buffer>()

/** `{"metadata":...}`: an object as an item of a list, which does not say its kind. */
function itemBytes(object: KubeObject): Buffer {
  const known = items.get(object)
  if (known) return known
  const { kind: _, apiVersion: _v, ...rest } = object
  const bytes = Buffer.from(JSON.stringify(rest))
  items.set(object, bytes)
  return bytes
}

/** `{"kind":"Pod","apiVersion":"v1","metadata":...}`: an object by itself. */
export function objectBytes(object: KubeObject): Buffer {
  const known = wholes.get(object)
  if (known) return known
  const head = `{"kind":${JSON.stringify(object.kind)},"apiVersion":${JSON.stringify(object.apiVersion)}`
  const item = itemBytes(object)
  const bytes = Buffer.concat([Buffer.from(item.length > 2 ? `${head},` : head), item.subarray(1)])
  wholes.set(object, bytes)
  return bytes
}

/** An object as a body. */
export function objectBody(object: KubeObject): Body {
  return { value: object, bytes: () => Buffer.concat([objectBytes(object), LINE_FEED]) }
}

/** `{"kind":"PodList","apiVersion":"v1","metadata":{...},"items":[...]}` of objects that keep their bytes. */
export interface ObjectList {
  readonly kind: string
  readonly apiVersion: string
  readonly metadata: ListMeta
  readonly items: readonly KubeObject[]
}

export interface ListMeta {
  readonly resourceVersion: string
  readonly continue?: string
  readonly remainingItemCount?: number
}

export function listBody(list: ObjectList): Body {
  return { value: list, bytes: () => listBytes(list) }
}

function listBytes({ items: objects, ...head }: ObjectList): Buffer {
  const chunks: Buffer[] = [Buffer.from(`${JSON.stringify(head).slice(0, -1)},"items":[`)]
  objects.forEach((object, index) => {
    if (index > 0) chunks.push(COMMA)
    chunks.push(itemBytes(object))
  })
  return Buffer.concat([...chunks, LIST_END])
}

const COMMA = Buffer.from(',')
const LINE_FEED = Buffer.from('\n')
const LIST_END = Buffer.from(']}\n')
