// Pods whose containers tell when they start, how long they run and how they end: the shapes of the ordering specs.

import type { ManifestObject } from '../../src/index.ts'

/** How a container behaves. Everything that is left out is 0: it starts at once, ends at once, and well. */
export interface Behaviour {
  /** Seconds until it says that it has started, and touches /started. */
  readonly startsAfter?: number
  /** Seconds that it then runs by itself. */
  readonly runs?: number
  /** Seconds that it goes on after TERM. */
  readonly lingers?: number
  /** Its exit code, also after TERM. */
  readonly exits?: number
}

type Fields = Readonly<Record<string, unknown>>

export const IMAGE = 'busybox:1.36'
export const OTHER_IMAGE = 'busybox:1.28'
/** A registry that nobody runs: the top-level domain is reserved for that (RFC 6761). */
export const NO_IMAGE = 'registry.invalid/no/image:1'

/** An init container that has to end before the next container starts, or a container of the Pod. */
export function container(name: string, behaviour: Behaviour = {}, fields: Fields = {}): Fields {
  return { name, image: IMAGE, command: ['sh', '-c', script(name, behaviour)], ...fields }
}

/** A restartable init container: the next one starts as soon as this one has. */
export function sidecar(name: string, behaviour: Behaviour = {}, fields: Fields = {}): Fields {
  return container(name, behaviour, { restartPolicy: 'Always', ...fields })
}

/** It says what it does, and on TERM lingers before it ends. `wait` is interrupted by TERM; a `sleep` in front would not be. */
function script(name: string, { startsAfter = 0, runs = 0, lingers = 0, exits = 0 }: Behaviour): string {
  return [
    `trap 'sleep ${lingers}; echo ${name} exiting; exit ${exits}' TERM`,
    `echo ${name} starting`,
    ...(startsAfter === 0 ? [] : [`sleep ${startsAfter} & wait $!`]),
    `echo ${name} started`,
    'touch /started',
    ...(runs === 0 ? [] : [`sleep ${runs} & wait $!`]),
    `echo ${name} exiting`,
    `exit ${exits}`,
  ].join('\n')
}

/** A handler of a hook or a probe that tells in the container's log when it begins and ends. */
export function telling(name: string, { runs = 0, exits = 0 }: Behaviour = {}) {
  const lines = [
    `echo ${name} starting > /proc/1/fd/1`,
    `sleep ${runs}`,
    `echo ${name} exiting > /proc/1/fd/1`,
    `exit ${exits}`,
  ]
  return { exec: { command: ['sh', '-c', lines.join('\n')] } }
}

/** A handler that runs a command. */
export function exec(...command: string[]) {
  return { exec: { command } }
}

/** A postStart hook that holds the next container back until this one has said that it started. */
export const HOLDS_NEXT = {
  postStart: exec('sh', '-c', 'until [ -f /started ]; do sleep 0.1; done'),
}

/** A Pod `name` of these containers. */
export function orderedPod(
  name: string,
  parts: {
    readonly restartPolicy: string
    readonly init?: readonly Fields[]
    readonly main: readonly Fields[]
    readonly graceSeconds?: number
    readonly finalizers?: readonly string[]
    readonly volumes?: readonly Fields[]
  },
): ManifestObject {
  const { restartPolicy, init = [], main, graceSeconds = 30, finalizers, volumes } = parts
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, ...(finalizers && { finalizers }) },
    spec: {
      restartPolicy,
      terminationGracePeriodSeconds: graceSeconds,
      ...(init.length > 0 && { initContainers: init }),
      containers: main,
      ...(volumes && { volumes }),
    },
  }
}

/** The patch that gives a container another image: what can be changed of a container that exists. */
export function imageOf(name: string, image: string) {
  return { spec: { containers: [{ name, image }] } }
}

export function imageOfInit(name: string, image: string) {
  return { spec: { initContainers: [{ name, image }] } }
}
