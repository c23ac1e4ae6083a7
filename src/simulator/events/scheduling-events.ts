// The Events of the scheduler, in the newer shape: they carry an action and an exact instant, and repeat as a series.

import type { CoreV1Event } from '@kubernetes/client-node'
import type { Timers } from '../../time/clock.ts'
import type { Random } from '../../time/random.ts'
import { event as eventKind } from '../kinds/event.ts'
import { ApiError } from '../store/api-error.ts'
import type { KubeObject, Stored } from '../store/object.ts'
import type { Registry } from '../store/registry.ts'
import type { Timing } from '../timing.ts'
import { draw } from '../timing.ts'
import { eventName, microTimestamp } from './event-name.ts'
import { involvedObject } from './event-recorder.ts'
import { copyWith } from '../store/copy-with.ts'

export interface SchedulingEventsOptions {
  readonly registry: Registry
  readonly timers: Timers
  readonly random: Random
  readonly timing: Pick<Timing, 'eventWriteMs'>
  /** `default-scheduler-<host>` */
  readonly instance: string
}

/** What is told. */
export interface SchedulingEvent {
  readonly type: 'Normal' | 'Warning'
  readonly reason: string
  readonly action: 'Binding' | 'Preempting' | 'Scheduling'
  readonly note: string
}

interface Told {
  readonly name: string
  count: number
}

/** A note is cut there (client-go/tools/events/event_recorder.go). */
const NOTE_LIMIT = 1024

/**
 * The recorder of the scheduler. Of an event that repeats, the first repetition makes a series of it; later ones are
 * only counted until the series has been idle for minutes (client-go/tools/events/event_broadcaster.go).
 */
export class SchedulingEvents {
  readonly #options: SchedulingEventsOptions
  /** How often each was told: by the Pod's uid, then by what it says; a new resourceVersion makes it another one. */
  readonly #told = new Map<string, Map<string, Told>>()
  #busyUntilMs = 0

  constructor(options: SchedulingEventsOptions) {
    this.#options = options
  }

  /** Tells something about a Pod, as of now. */
  tell(pod: KubeObject, event: SchedulingEvent): void {
    const { timers, random } = this.#options
    const { uid = '', resourceVersion, namespace = '', name = '' } = pod.metadata
    const key = [event.type, event.action, event.reason, resourceVersion].join('/')
    const told = this.#told.get(uid)?.get(key)
    if (!told) {
      const written = this.#made(pod, event, eventName(name, timers.now(), random))
      this.#remember(uid, key, { name: written.metadata.name ?? '', count: 1 })
      this.#soon(() => this.#options.registry.create(eventKind, written))
    } else if (++told.count === 2) {
      const series = { count: 2, lastObservedTime: microTimestamp(timers.now()) }
      const ref = { namespace, name: told.name }
      this.#soon(() => this.#options.registry.change(eventKind, ref, (old) => copyWith(old, { series })))
    }
  }

  /** Forgets a Pod that will not be spoken of again. */
  forget(uid: string): void {
    this.#told.delete(uid)
  }

  #remember(uid: string, key: string, told: Told): void {
    const ofPod = this.#told.get(uid) ?? new Map<string, Told>()
    ofPod.set(key, told)
    this.#told.set(uid, ofPod)
  }

  #made(pod: KubeObject, { type, reason, action, note }: SchedulingEvent, name: string): Stored<CoreV1Event> {
    return {
      apiVersion: 'v1',
      kind: 'Event',
      metadata: { name, ...(pod.metadata.namespace && { namespace: pod.metadata.namespace }) },
      involvedObject: involvedObject(pod),
      reason,
      message: note.slice(0, NOTE_LIMIT),
      source: {},
      firstTimestamp: null as unknown as string,
      lastTimestamp: null as unknown as string,
      type,
      eventTime: microTimestamp(this.#options.timers.now()),
      action,
      reportingComponent: 'default-scheduler',
      reportingInstance: this.#options.instance,
    }
  }

  #soon(write: () => unknown): void {
    const { timers, timing, random } = this.#options
    this.#busyUntilMs = Math.max(this.#busyUntilMs, timers.now() + draw(timing.eventWriteMs, random))
    timers.at(this.#busyUntilMs, () => {
      try {
        write()
      } catch (error) {
        // A namespace on its way out takes no more Events; they are lost.
        if (!(error instanceof ApiError)) throw error
      }
    })
  }
}
