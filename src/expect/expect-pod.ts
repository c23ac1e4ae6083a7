// expectPod(name): every sentence about a Pod and its containers.

import { exec } from './container/exec.ts'
import type { ExecClaims } from './container/exec.ts'
import { logsToComeFrom } from './container/logs-to-come-from.ts'
import { logsToFailWith } from './container/logs-to-fail-with.ts'
import type { LogsOptions } from './container/logs-to-fail-with.ts'
import type { OrderOptions } from './container/ordered.ts'
import { toExitBefore } from './container/to-exit-before.ts'
import { toExitWith } from './container/to-exit-with.ts'
import type { ExitOptions } from './container/to-exit-with.ts'
import { toFinishBefore } from './container/to-finish-before.ts'
import { toLog } from './container/to-log.ts'
import type { LogArguments } from './container/to-log.ts'
import { toNeverLog } from './container/to-never-log.ts'
import type { NeverLogOptions } from './container/to-never-log.ts'
import { toNeverRestart } from './container/to-never-restart.ts'
import { toNeverStart } from './container/to-never-start.ts'
import { toRunImage } from './container/to-run-image.ts'
import { toRunTogether } from './container/to-run-together.ts'
import { toStartBefore } from './container/to-start-before.ts'
import { currentSession } from './current.ts'
import { toBeDeleted } from './pod/to-be-deleted.ts'
import type { Deletion, DeletionBounds } from './pod/to-be-deleted.ts'
import { toBeReady } from './pod/to-be-ready.ts'
import { toHaveEvent } from './pod/to-have-event.ts'
import type { EventOptions } from './pod/to-have-event.ts'
import { toHavePhase } from './pod/to-have-phase.ts'
import type { Phase } from './pod/to-have-phase.ts'
import { toHaveShown } from './pod/to-have-shown.ts'
import { toNeverShow } from './pod/to-never-show.ts'
import { toRestart } from './pod/to-restart.ts'
import type { RestartOptions } from './pod/to-restart.ts'
import { toShowInOrder } from './pod/to-show-in-order.ts'
import { toShowStatus } from './pod/to-show-status.ts'
import type { ShowOptions } from './pod/to-show-status.ts'
import type { Shown } from './pod/shown.ts'
import { toStay } from './pod/to-stay.ts'
import type { Staying } from './pod/to-stay.ts'
import type { Claim } from './sentence.ts'
import { Subject, literal } from './subject.ts'
import type { Within } from './subject.ts'
import type { Watching } from './watching.ts'

/** What can be claimed of a Pod. Every claim begins where the last one about this Pod held, and waits at most 1m. */
export interface PodClaims {
  /** One container of the Pod, by its name. */
  container(name: string): ContainerClaims
  /** A command in the Pod's default container. */
  exec(...command: string[]): ExecClaims
  /** What the API answers when the log is asked for and no container is named. */
  readonly logs: LogClaims & DefaultLogClaims
  /** It goes away. Bounds are counted from the request for the deletion. */
  toBeDeleted(bounds?: DeletionBounds): Deletion
  /** Its Ready condition is True. */
  toBeReady(options?: Within): Claim
  /** An Event with this reason is recorded about it. */
  toHaveEvent(reason: string, options?: EventOptions): Claim
  /** Its phase is this; an end in another one fails at once. */
  toHavePhase(phase: Phase, options?: Within): Claim
  /** It has shown each of these at some time of its life so far. Does not wait. */
  toHaveShown(...rows: Shown[]): Claim
  /** It shows none of these, in its life so far and until it has ended or time is up. */
  toNeverShow(...rows: Shown[]): Watching
  /** RESTARTS rises. */
  toRestart(options?: RestartOptions): Claim
  /** It shows these one after the other; others may come in between. */
  toShowInOrder(...rows: Shown[]): Claim
  /** `kubectl get pods` shows this STATUS (and READY, RESTARTS). */
  toShowStatus(status: string | RegExp, options?: ShowOptions): Claim
  /** Once it shows this, it shows nothing else: `.toStay('Init:0/2').for('10s')`. */
  toStay(shown: Shown, options?: Within): Staying
}

/** What can be claimed of a container. */
export interface ContainerClaims {
  exec(...command: string[]): ExecClaims
  readonly logs: LogClaims
  /** It has exited when the other container exits. */
  toExitBefore(other: string, options?: OrderOptions): Claim
  /** The next time it exits, it does so with this code; an exit that the Pod still shows counts. */
  toExitWith(code: number, options?: ExitOptions): Claim
  /** It has exited when the other container first starts. */
  toFinishBefore(other: string, options?: OrderOptions): Claim
  /** It writes these lines, in this order; options come last. */
  toLog(...lines: LogArguments): Claim
  /** Until the Pod has ended, it does not write this line (after another one). */
  toNeverLog(line: string | RegExp, options?: NeverLogOptions): Watching
  /** In the whole life of the Pod it is not restarted. */
  toNeverRestart(): Watching
  /** In the whole life of the Pod it does not run. */
  toNeverStart(): Watching
  /** It is restarted. */
  toRestart(options?: RestartOptions): Claim
  /** It runs, and of this image. */
  toRunImage(image: string, options?: Within): Claim
  /** At some moment both run. */
  toRunTogether(other: string, options?: Within): Claim
  /** It has started when the other container first starts. */
  toStartBefore(other: string, options?: OrderOptions): Claim
}

export interface LogClaims {
  /** The API refuses to give the log, in these words. */
  toFailWith(message: string | RegExp, options?: LogsOptions): Claim
}

export interface DefaultLogClaims {
  /** `kubectl logs` without `-c` takes the log of this container. */
  toComeFrom(container: string): Claim
}

/** Begins a sentence about the Pod of that name in the namespace of the running test. */
export function expectPod(name: string): PodClaims {
  const pod = new Subject(currentSession(), { kind: 'Pod', name }, `expectPod(${literal(name)})`)
  return {
    container: (container) => containerClaims(pod, container),
    exec: (...command) => exec(pod, undefined, command),
    get logs() {
      const logs = pod.part('logs')
      return {
        toComeFrom: (container: string) => logsToComeFrom(logs, container),
        toFailWith: (message: string | RegExp, options?: LogsOptions) =>
          logsToFailWith(logs, undefined, message, options),
      }
    },
    toBeDeleted: (bounds) => toBeDeleted(pod, bounds),
    toBeReady: (options) => toBeReady(pod, options),
    toHaveEvent: (reason, options) => toHaveEvent(pod, reason, options),
    toHavePhase: (phase, options) => toHavePhase(pod, phase, options),
    toHaveShown: (...rows) => toHaveShown(pod, rows),
    toNeverShow: (...rows) => toNeverShow(pod, rows),
    toRestart: (options) => toRestart(pod, undefined, options),
    toShowInOrder: (...rows) => toShowInOrder(pod, rows),
    toShowStatus: (status, options) => toShowStatus(pod, status, options),
    toStay: (shown, options) => toStay(pod, shown, options),
  }
}

function containerClaims(pod: Subject, name: string): ContainerClaims {
  const container = pod.part(`container(${literal(name)})`)
  return {
    exec: (...command) => exec(container, name, command),
    get logs() {
      const logs = container.part('logs')
      return {
        toFailWith: (message: string | RegExp, options?: LogsOptions) =>
          logsToFailWith(logs, name, message, options),
      }
    },
    toExitBefore: (other, options) => toExitBefore(container, name, other, options),
    toExitWith: (code, options) => toExitWith(container, name, code, options),
    toFinishBefore: (other, options) => toFinishBefore(container, name, other, options),
    toLog: (...lines) => toLog(container, name, lines),
    toNeverLog: (line, options) => toNeverLog(container, name, line, options),
    toNeverRestart: () => toNeverRestart(container, name),
    toNeverStart: () => toNeverStart(container, name),
    toRestart: (options) => toRestart(container, name, options),
    toRunImage: (image, options) => toRunImage(container, name, image, options),
    toRunTogether: (other, options) => toRunTogether(container, name, other, options),
    toStartBefore: (other, options) => toStartBefore(container, name, other, options),
  }
}
