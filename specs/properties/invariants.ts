// What a kubelet guarantees of every Pod, whatever is in it and whatever is done to it.

import { allContainerStatuses } from '../../src/pod/containers.ts'
import { isTrue } from '../../src/pod/conditions.ts'
import type { ContainerStatus, Pod } from '../../src/pod/json.ts'
import { isTerminal } from '../../src/pod/phase.ts'
import { containerName } from './planned-pod.ts'
import type { HookPlan, PodPlan } from './pod-plan.ts'
import type { PodLife, Sight } from './pod-life.ts'
import { statesOf } from './pod-life.ts'

/** A guarantee; `broken` says each way in which a life breaks it. */
export interface Invariant {
  readonly name: string
  readonly broken: (life: PodLife) => readonly string[]
}

export const INVARIANTS: readonly Invariant[] = [
  { name: 'init containers run one after the other, before the containers', broken: initOrder },
  { name: 'one instance of a container runs at a time', broken: oneInstance },
  { name: 'restart counts never fall', broken: restartCounts },
  { name: 'a container that is never to restart does not', broken: neverRestarted },
  { name: 'the grace period is kept, but for the floor of 2 s', broken: grace },
  { name: 'terminal phases are final, and nothing runs in them', broken: terminalPhases },
  { name: 'a Pod is Ready only when its containers are', broken: readiness },
  { name: 'a Pod that ran is shown as ended before it is gone', broken: shownEnd },
  { name: 'Events come in the order of cause and effect', broken: causalEvents },
  { name: 'an instance starts after the one before it has ended', broken: instancesInTurn },
]

function hasStarted({ state, lastState, restartCount }: ContainerStatus): boolean {
  return Boolean(state?.running ?? state?.terminated ?? lastState?.terminated) || restartCount > 0
}

function statusOf(pod: Pod, name: string): ContainerStatus | undefined {
  return allContainerStatuses(pod).find((status) => status.name === name)
}

/**
 * A new sandbox and RestartAllContainers begin anew with the first init container, while the end of what ran before is still
 * shown: from there on only what runs says that it has started.
 */
function initOrder(life: PodLife): string[] {
  const { containers } = life.plan
  let isAnew = containers.some(({ restarts }) => restarts?.rule?.action === 'RestartAllContainers')
  const everStarted = new Set<string>()
  const broken: string[] = []
  for (const sight of life.sights) {
    if (sight.is === 'event' && sight.reason === 'SandboxChanged') isAnew = true
    if (sight.is !== 'state') continue
    const { pod, atMs } = sight
    for (const { name, started } of allContainerStatuses(pod)) if (started) everStarted.add(name)
    containers.forEach((container, index) => {
      const status = statusOf(pod, containerName(container, index))
      if (!status || !(isAnew ? status.state?.running : hasStarted(status))) return
      const waitedFor = containers.slice(0, index).filter(({ role }) => role !== 'main')
      waitedFor.forEach((before, beforeIndex) => {
        const name = containerName(before, beforeIndex)
        const isDone =
          before.role === 'sidecar'
            ? everStarted.has(name)
            : statusOf(pod, name)?.state?.terminated?.exitCode === 0
        if (!isDone) broken.push(`at ${atMs} ms ${status.name} has started, and ${name} was not done`)
      })
    })
  }
  return broken
}

function oneInstance({ sights }: PodLife): string[] {
  return sights.flatMap((sight) => {
    if (sight.is !== 'running') return []
    const twice = sight.containers.filter((name, index) => sight.containers.indexOf(name) !== index)
    return twice.map((name) => `at ${sight.atMs} ms ${name} runs twice`)
  })
}

function restartCounts(life: PodLife): string[] {
  const counts = new Map<string, number>()
  const broken: string[] = []
  for (const { pod, atMs } of statesOf(life)) {
    for (const { name, restartCount } of allContainerStatuses(pod)) {
      const before = counts.get(name) ?? 0
      if (restartCount < before)
        broken.push(`at ${atMs} ms that of ${name} falls from ${before} to ${restartCount}`)
      counts.set(name, restartCount)
    }
  }
  return broken
}

function neverRestarted(life: PodLife): string[] {
  const { restartPolicy, containers } = life.plan
  if (containers.some(({ restarts }) => restarts?.rule)) return []
  const last = statesOf(life).at(-1)?.pod ?? {}
  return containers.flatMap((container, index) => {
    const policy = container.restarts?.policy ?? restartPolicy
    const count = statusOf(last, containerName(container, index))?.restartCount ?? 0
    const isFinal = container.role !== 'sidecar' && policy === 'Never'
    return isFinal && count > 0 ? [`${containerName(container, index)} has restarted ${count} times`] : []
  })
}

/** The least that a container has between its TERM and its KILL (kubelet: minimumGracePeriodInSeconds). */
const FLOOR_MS = 2_000
/** Until the kubelet knows of a deletion, and until a process has ended after its KILL. */
const SLACK_MS = 1_500

/**
 * The grace period begins when the sync under way has ended: what it starts is started, postStart hooks run to their end
 * (recording delete-during-poststart), and a kill for another reason goes on with its own grace. Sidecars are stopped one after the other, and each has the floor when the grace
 * period is spent before its turn.
 */
function grace({ plan, sights }: PodLife): string[] {
  const sidecars = plan.containers.filter(({ role }) => role === 'sidecar').length
  const startingMs = plan.containers.reduce((sum, { postStart }) => sum + startMs(postStart), 0)
  const slackMs = FLOOR_MS * (1 + sidecars) + SLACK_MS + startingMs
  const broken: string[] = []
  const underWayMs = mayBeKillingAlready(plan) ? plan.graceSeconds * 1_000 + FLOOR_MS : 0
  let deadlineMs = Infinity
  for (const sight of sights) {
    if (sight.is === 'delete')
      deadlineMs = Math.min(deadlineMs, sight.atMs + Math.max(1, sight.graceSeconds) * 1_000)
    const allowedMs = deadlineMs + slackMs + underWayMs
    if (sight.is === 'exit' && sight.atMs > allowedMs)
      broken.push(`${sight.container} exits at ${sight.atMs} ms, allowed were ${allowedMs} ms`)
    const late = sight.is === 'running' && sight.atMs > allowedMs ? sight.containers : []
    for (const name of late.filter((running) => running !== 'POD'))
      broken.push(`${name} runs at ${sight.atMs} ms, allowed were ${allowedMs} ms`)
  }
  return broken
}

/** Whether a sync may be ending containers, for a probe, a rule, a deadline or the end of the others, when the deletion comes. */
function mayBeKillingAlready({ containers, deadlineSeconds }: PodPlan): boolean {
  return (
    deadlineSeconds !== undefined ||
    containers.some(({ role, startup, liveness, restarts }) =>
      Boolean(startup ?? liveness ?? restarts?.rule ?? (role === 'sidecar' || undefined)),
    )
  )
}

/** How long it takes to start a container with this hook, at most. */
function startMs(postStart: HookPlan | undefined): number {
  return 500 + (postStart?.seconds ?? 0) * 1_000
}

function terminalPhases(life: PodLife): string[] {
  let final: string | undefined
  const broken: string[] = []
  for (const { pod, atMs } of statesOf(life)) {
    const phase = pod.status?.phase
    if (final !== undefined && phase !== final)
      broken.push(`at ${atMs} ms it changes from ${final} to ${phase}`)
    if (!isTerminal(pod)) continue
    final = phase
    for (const { name, state } of allContainerStatuses(pod))
      if (state?.running) broken.push(`at ${atMs} ms it is ${phase}, and ${name} runs`)
  }
  return broken
}

function readiness(life: PodLife): string[] {
  const counting = life.plan.containers.flatMap((plan, index) =>
    plan.role === 'init' ? [] : [containerName(plan, index)],
  )
  return statesOf(life).flatMap(({ pod, atMs }) => {
    if (!isTrue(pod, 'Ready')) return []
    const unready = counting.filter((name) => statusOf(pod, name)?.ready !== true)
    return unready.map((name) => `at ${atMs} ms it is Ready, and ${name} is not`)
  })
}

/** A deletion with no grace at all takes the object away at once, whatever runs. */
function shownEnd(life: PodLife): string[] {
  const states = statesOf(life)
  const gone = states.at(-1)
  const isForced = life.plan.deletes.some(({ graceSeconds }) => graceSeconds === 0)
  if (gone?.type !== 'DELETED' || isForced) return []
  const running = allContainerStatuses(gone.pod).filter(({ state }) => state?.running)
  const ran = allContainerStatuses(gone.pod).some(hasStarted)
  if (ran && !isTerminal(gone.pod)) return [`it is gone in phase ${gone.pod.status?.phase}`]
  return running.map(({ name }) => `it is gone, and ${name} was shown as running`)
}

/** A component drops Events about one object after 25 of them (client-go tools/record/events_cache.go: spam filter). */
const KEPT_EVENTS = 25

/** Of each container: no more starts than creations, no more creations than images found, no kill before a start. */
function causalEvents({ sights }: PodLife): string[] {
  const counts = new Map<string, number>()
  const broken: string[] = []
  const count = (reason: string, container: string) => counts.get(`${reason} ${container}`) ?? 0
  const needs = (sight: EventSight, cause: string) => {
    const { reason, container, atMs } = sight
    if (count(reason, container) > count(cause, container))
      broken.push(`at ${atMs} ms ${container} is ${reason} without ${cause}`)
  }
  for (const sight of sights.filter((each) => each.is === 'event').slice(0, KEPT_EVENTS)) {
    const { reason, container, atMs } = sight
    counts.set(`${reason} ${container}`, count(reason, container) + 1)
    if (reason === 'Started') needs(sight, 'Created')
    if (reason === 'Created') needs(sight, 'Pulled')
    if (reason === 'Pulled' && count('Scheduled', '') === 0)
      broken.push(`at ${atMs} ms ${container} is Pulled unscheduled`)
    if (reason === 'Killing' && container !== '' && count('Started', container) === 0)
      broken.push(`at ${atMs} ms ${container} is killed and had not started`)
  }
  return broken
}

type EventSight = Extract<Sight, { readonly is: 'event' }>

function instancesInTurn(life: PodLife): string[] {
  return statesOf(life).flatMap(({ pod, atMs }) =>
    allContainerStatuses(pod).flatMap(({ name, state, lastState }) => {
      const startedAt = state?.running?.startedAt ?? state?.terminated?.startedAt
      const before = lastState?.terminated?.finishedAt
      const isInTurn = !startedAt || !before || Date.parse(before) <= Date.parse(startedAt)
      return isInTurn
        ? []
        : [`at ${atMs} ms ${name} started at ${startedAt}, the one before ended at ${before}`]
    }),
  )
}
