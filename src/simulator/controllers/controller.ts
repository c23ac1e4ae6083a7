// What a controller is: a loop that makes the cluster look as some of its objects say it should.

import type { Timers } from '../../time/clock.ts'
import type { Random } from '../../time/random.ts'
import { EventRecorder } from '../events/event-recorder.ts'
import type { Registry } from '../store/registry.ts'
import type { Timing } from '../timing.ts'

/** What every controller works with. */
export interface ControllerContext {
  readonly registry: Registry
  readonly timers: Timers
  readonly timing: Timing
  readonly random: Random
  /** The certificate by which Pods know the API server, as PEM. */
  readonly certificateAuthority: string
}

/** Begins to watch and to work; it never stops while the cluster lives. */
export type Controller = (context: ControllerContext) => void

/** The recorder of a controller's Events. */
export function recorderOf(context: ControllerContext, component: string): EventRecorder {
  return new EventRecorder({ ...context, component, random: context.random.fork(`${component}/events`) })
}
