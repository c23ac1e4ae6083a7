// One Pod lives through its plan on a simulator of its own: everything that could be seen of it, in order.

import type { Pod } from '../../src/pod/json.ts'
import { podSummary } from '../../src/pod/summary.ts'
import { pod as podKind } from '../../src/simulator/kinds/pod/pod.ts'
import { simulator } from '../../src/simulator/simulator.ts'
import { plannedSpec } from './planned-pod.ts'
import type { PodPlan } from './pod-plan.ts'

/** Something that was seen of the Pod; instants are milliseconds after its creation. */
export type Sight =
  | {
      readonly is: 'state'
      readonly atMs: number
      readonly type: 'ADDED' | 'MODIFIED' | 'DELETED'
      readonly pod: Pod
    }
  | { readonly is: 'event'; readonly atMs: number; readonly reason: string; readonly container: string }
  | { readonly is: 'exit'; readonly atMs: number; readonly container: string }
  /** Names of the containers that the node runs at this instant. */
  | { readonly is: 'running'; readonly atMs: number; readonly containers: readonly string[] }
  /** A deletion was asked for, and the server agreed. */
  | { readonly is: 'delete'; readonly atMs: number; readonly graceSeconds: number }

export interface PodLife {
  readonly plan: PodPlan
  readonly sights: readonly Sight[]
}

/** How long a life is looked at, in seconds. */
const LIFE_SECONDS = 75

/** Runs synchronously: nothing but the clock of the simulator moves. */
export function liveOut(plan: PodPlan): PodLife {
  const cluster = simulator({ seed: `property ${plan.seed}` })
  const { clock, store, registry, nodes } = cluster
  const bornMs = clock.now()
  const sights: Sight[] = []
  const now = () => clock.now() - bornMs
  const lookAtNode = () => {
    const up = nodes.flatMap((node) => node.containers()).filter(({ state }) => state === 'running')
    sights.push({ is: 'running', atMs: now(), containers: up.map(({ name }) => name.split('_')[1] ?? '') })
  }
  store.subscribe('pods', ({ type, object }) => {
    sights.push({ is: 'state', atMs: now(), type, pod: object as Pod })
    lookAtNode()
  })
  store.subscribe('events', ({ type, object }) => {
    if (type === 'DELETED') return
    const { reason = '', involvedObject } = object as EventFields
    const container = /\{(.+)\}/.exec(involvedObject?.fieldPath ?? '')?.[1] ?? ''
    sights.push({ is: 'event', atMs: now(), reason, container })
    lookAtNode()
  })
  for (const node of nodes)
    node.watch(({ what, happenedAtMs, container }) => {
      if (what === 'exited') sights.push({ is: 'exit', atMs: happenedAtMs - bornMs, container })
    })
  const key = { namespace: 'default', name: 'p' }
  registry.create(podKind, { apiVersion: 'v1', kind: 'Pod', metadata: key, spec: plannedSpec(plan) })
  for (const { atSeconds, graceSeconds } of plan.deletes)
    clock.at(bornMs + atSeconds * 1_000, () => {
      const before = store.get('pods', key) as Pod | undefined
      if (!before) return
      const options = graceSeconds === undefined ? {} : { gracePeriodSeconds: graceSeconds }
      sights.push({ is: 'delete', atMs: now(), graceSeconds: graceSeconds ?? plan.graceSeconds })
      registry.delete(podKind, key, options)
    })
  while (clock.step(bornMs + LIFE_SECONDS * 1_000)) continue
  cluster.close()
  return { plan, sights }
}

interface EventFields {
  readonly reason?: string
  readonly involvedObject?: { readonly fieldPath?: string }
}

/** The states of a life, in order. */
export function statesOf({ sights }: PodLife) {
  return sights.filter((sight) => sight.is === 'state')
}

/** What a reader needs in order to see what went wrong: rows, Events, exits and deletions, one a line. */
export function lifeText({ sights }: PodLife): string {
  const lines: string[] = []
  let lastRow = ''
  for (const sight of sights) {
    const text = sightText(sight)
    if (text === '' || text === lastRow) continue
    if (sight.is === 'state') lastRow = text
    lines.push(`${`+${(sight.atMs / 1_000).toFixed(2)}s`.padStart(9)} ${text}`)
  }
  return lines.join('\n')
}

function sightText(sight: Sight): string {
  if (sight.is === 'running') return ''
  if (sight.is === 'exit') return `    ${sight.container} exits`
  if (sight.is === 'delete') return `    deleted with ${sight.graceSeconds} s of grace`
  if (sight.is === 'event') return `    ${sight.reason} ${sight.container}`
  const { status, readyContainers, totalContainers, restarts } = podSummary(sight.pod)
  return `${sight.type} ${readyContainers}/${totalContainers} ${status} ${restarts} (${sight.pod.status?.phase})`
}
