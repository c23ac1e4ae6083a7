// How components tell what they do: core/v1 Events, written in the background and counted when they repeat.

import type { CoreV1Event } from '@kubernetes/client-node'
import type { Timers } from '../../time/clock.ts'
import type { Random } from '../../time/random.ts'
import { event as eventKind } from '../kinds/event.ts'
import { ApiError } from '../store/api-error.ts'
import type { KubeObject, Stored } from '../store/object.ts'
import { timestamp } from '../store/object.ts'
import type { Registry } from '../store/registry.ts'
import type { Timing } from '../timing.ts'
import { draw } from '../timing.ts'
import type { Correlation } from './event-correlator.ts'
import { EventCorrelator } from './event-correlator.ts'
import { eventName } from './event-name.ts'
import { copyWith } from '../store/copy-with.ts'
import { defined } from '../store/defined.ts'

type Event = Stored<CoreV1Event>

/** Whom an Event is about (core/v1 ObjectReference). */
export interface InvolvedObject {
  readonly kind: string
  readonly apiVersion: string
  readonly name: string
  readonly namespace?: string
  readonly uid?: string
  readonly resourceVersion?: string
  /** `spec.containers{main}` */
  readonly fieldPath?: string
}

export interface EventRecorderOptions {
  readonly registry: Registry
  readonly timers: Timers
  readonly random: Random
  readonly timing: Pick<Timing, 'eventWriteMs'>
  /** `kubelet`, `replicaset-controller`... */
  readonly component: string
  /** The node of a kubelet. */
  readonly host?: string
}

/** The recorder of one component (client-go/tools/record). Events of objects without a namespace go to `default`. */
export class EventRecorder {
  readonly #options: EventRecorderOptions
  readonly #correlator = new EventCorrelator()
  #busyUntilMs = 0

  constructor(options: EventRecorderOptions) {
    this.#options = options
  }

  /** Tells something about an object, as of now. */
  event(involved: InvolvedObject, type: 'Normal' | 'Warning', reason: string, message: string): void {
    const { timers } = this.#options
    const atMs = timers.now()
    const { kind, apiVersion, namespace = '', name, uid = '', fieldPath = '' } = involved
    const object = [kind, apiVersion, namespace, name, uid].join('/')
    const correlation = this.#correlator.correlate({ object, fieldPath, type, reason, message, atMs })
    if (correlation.kind === 'dropped') return
    const written = this.#made(involved, type, reason, correlation, atMs)
    this.#correlator.remember(correlation.key, {
      namespace: written.metadata.namespace ?? '',
      name: written.metadata.name ?? '',
      count: written.count ?? 1,
      firstTimestamp: written.firstTimestamp ?? '',
    })
    timers.at(this.#writeAtMs(atMs), () => this.#write(written))
  }

  #made(
    involved: InvolvedObject,
    type: string,
    reason: string,
    correlation: Exclude<Correlation, { kind: 'dropped' }>,
    atMs: number,
  ): Event {
    const { random, component, host = '' } = this.#options
    const before = correlation.kind === 'again' ? correlation.written : undefined
    const lastTimestamp = timestamp(atMs)
    return {
      apiVersion: 'v1',
      kind: 'Event',
      metadata: {
        name: before?.name ?? eventName(involved.name, atMs, random),
        namespace: before?.namespace ?? (involved.namespace || 'default'),
      },
      involvedObject: involved,
      reason,
      message: correlation.message,
      source: { component, ...(host && { host }) },
      firstTimestamp: before?.firstTimestamp ?? lastTimestamp,
      lastTimestamp,
      count: (before?.count ?? 0) + 1,
      type,
      eventTime: null as unknown as string,
      reportingComponent: component,
      reportingInstance: host,
    }
  }

  /** One after the other: what was told first is written first. */
  #writeAtMs(atMs: number): number {
    const { random, timing } = this.#options
    this.#busyUntilMs = Math.max(this.#busyUntilMs, atMs + draw(timing.eventWriteMs, random))
    return this.#busyUntilMs
  }

  #write(written: Event): void {
    const { registry } = this.#options
    const { namespace, name = '' } = written.metadata
    try {
      const { count = 1, lastTimestamp = '', message = '' } = written
      const isKnown = count > 1 && registry.find(eventKind, { namespace, name })
      if (isKnown)
        registry.change(eventKind, { namespace, name }, (old) =>
          copyWith(old, { count, lastTimestamp, message }),
        )
      else registry.create(eventKind, written)
    } catch (error) {
      // What the server refuses is lost (record/event.go:recordEvent): its namespace is on its way out.
      if (!(error instanceof ApiError)) throw error
    }
  }
}

/** How an Event refers to an object. */
export function involvedObject(
  { apiVersion, kind, metadata }: KubeObject,
  fieldPath?: string,
): InvolvedObject {
  const { name = '', namespace, uid, resourceVersion } = metadata
  return defined({
    kind,
    namespace: namespace || undefined,
    name,
    uid: uid || undefined,
    apiVersion,
    resourceVersion: resourceVersion || undefined,
    fieldPath: fieldPath || undefined,
  })
}
