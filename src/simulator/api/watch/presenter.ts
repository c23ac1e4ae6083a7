// The events of a watch in the form that its client wants, as objects and as bytes.

import type { Status } from '../../store/api-error.ts'
import type { KubeObject } from '../../store/object.ts'
import { tableOptionsOf } from '../answer.ts'
import type { Call } from '../call.ts'
import { objectBytes } from '../encoding.ts'
import { partialMetadata } from '../partial-metadata.ts'
import type { WatchEvent } from '../response.ts'
import { tableOf } from '../table.ts'

/** Only the first Table of a watch says its columns. */
export class Presenter {
  readonly #call: Call
  #hasColumns = true

  constructor(call: Call) {
    this.#call = call
  }

  event(type: WatchEvent['type'], object: KubeObject): WatchEvent {
    const { as, version } = this.#call.wanted
    if (as === 'object') return { type, object, bytes: () => frame(type, objectBytes(object)) }
    if (as === 'Table') return this.#plain(type, this.#table(object))
    return this.#plain(type, partialMetadata(object, version))
  }

  error(status: Status): WatchEvent {
    return this.#plain('ERROR', status)
  }

  #table(object: KubeObject): unknown {
    const hasColumns = this.#hasColumns
    this.#hasColumns = false
    const { resourceVersion = '' } = object.metadata
    const options = { ...tableOptionsOf(this.#call), hasColumns }
    return tableOf(this.#call.route.kind, [object], { resourceVersion }, options)
  }

  #plain(type: WatchEvent['type'], object: unknown): WatchEvent {
    return { type, object, bytes: () => frame(type, Buffer.from(JSON.stringify(object))) }
  }
}

function frame(type: string, object: Uint8Array): Uint8Array {
  return Buffer.concat([Buffer.from(`{"type":"${type}","object":`), object, FRAME_END])
}

const FRAME_END = Buffer.from('}\n')
