// Making room: which less important Pods have to go, on which node, so that an important one fits. Pure.

import type { Pod } from '../../pod/json.ts'
import { isDeleting } from '../../pod/phase.ts'
import type { ClusterView } from './cluster-view.ts'
import type { FitsNowhere } from './find-node.ts'
import { refusalOf } from './find-node.ts'
import { fitError } from './fit-error.ts'
import type { NodeInfo } from './node-info.ts'
import type { FilterPlugin } from './plugin.ts'
import { priorityOf } from './queue.ts'

export type Preemption = MakesRoom | MakesNoRoom

export interface MakesRoom {
  readonly kind: 'makes-room'
  readonly nodeName: string
  readonly victims: readonly Pod[]
}

export interface MakesNoRoom {
  readonly kind: 'makes-no-room'
  /** What the scheduler appends to its message. */
  readonly message: string
}

export interface PreemptOptions {
  readonly pod: Pod
  readonly decision: FitsNowhere
  readonly cluster: ClusterView
  readonly filters: readonly FilterPlugin[]
}

interface Candidate {
  readonly node: NodeInfo
  readonly victims: readonly Pod[]
  readonly violations: number
}

/** Said of every Pod: nothing here has resource claims (plugins/dynamicresources: PostFilter, since 1.34). */
const NO_CLAIMS = 'no new claims to deallocate, preemption:'

/** Source: pkg/scheduler/framework/preemption/preemption.go:Preempt, plugins/defaultpreemption/default_preemption.go. */
export function preempt(options: PreemptOptions): Preemption {
  const { pod, decision, cluster } = options
  // After a refusal of the Pod itself the plugins find no state of theirs to work with, and say so.
  if (decision.podMessage !== undefined) return { kind: 'makes-no-room', message: 'not found' }
  const hindrance = ineligible(pod, cluster)
  if (hindrance) return { kind: 'makes-no-room', message: `${NO_CLAIMS} ${hindrance}.` }
  const { candidates, reasons } = dryRun(options)
  const best = candidates.toSorted(compareCandidates)[0]
  if (best) return { kind: 'makes-room', nodeName: best.node.name, victims: best.victims }
  const text = fitError({ nodeCount: cluster.nodes.length, reasons, afterwards: '' })
  return { kind: 'makes-no-room', message: `${NO_CLAIMS} ${text}` }
}

function ineligible(pod: Pod, cluster: ClusterView): string | undefined {
  if (pod.spec?.preemptionPolicy === 'Never') return 'not eligible due to preemptionPolicy=Never.'
  const nominated = cluster.nodes.find(({ name }) => name === pod.status?.nominatedNodeName)
  const isAlreadyMakingRoom = [...(nominated?.pods() ?? [])].some(
    (other) => isDeleting(other) && priorityOf(other) < priorityOf(pod),
  )
  return isAlreadyMakingRoom ? 'not eligible due to a terminating pod on the nominated node.' : undefined
}

function dryRun({ pod, decision, cluster, filters }: PreemptOptions) {
  const candidates: Candidate[] = []
  const reasons: (readonly string[])[] = []
  for (const [node, refusal] of decision.refusals) {
    if (refusal.isFinal) reasons.push(['Preemption is not helpful for scheduling'])
    else {
      const found = findVictims(pod, node, cluster, filters)
      if (Array.isArray(found)) reasons.push(found)
      else candidates.push(found as Candidate)
    }
  }
  return { candidates, reasons }
}

/** Takes all less important Pods away, then puts back as many as there is room for, the most important first. */
function findVictims(
  pod: Pod,
  node: NodeInfo,
  cluster: ClusterView,
  filters: readonly FilterPlugin[],
): Candidate | readonly string[] {
  const lower = [...node.pods()].filter((other) => priorityOf(other) < priorityOf(pod))
  if (lower.length === 0) return ['No preemption victims found for incoming pod']
  const gone = new Set(lower.map(uidOf))
  const refusal = refusalWithout(pod, node, gone, cluster, filters)
  if (refusal) return refusal.reasons
  const violating = new Set(violatingPods(lower, cluster))
  const order = lower.toSorted(
    (a, b) => Number(violating.has(b)) - Number(violating.has(a)) || compareImportance(a, b),
  )
  for (const other of order) {
    gone.delete(uidOf(other))
    if (refusalWithout(pod, node, gone, cluster, filters)) gone.add(uidOf(other))
  }
  const victims = order.filter((other) => gone.has(uidOf(other))).toSorted(compareImportance)
  return { node, victims, violations: victims.filter((victim) => violating.has(victim)).length }
}

function refusalWithout(
  pod: Pod,
  node: NodeInfo,
  gone: ReadonlySet<string>,
  cluster: ClusterView,
  filters: readonly FilterPlugin[],
) {
  const emptier = node.without(gone)
  const nodes = cluster.nodes.map((other) => (other === node ? emptier : other))
  return refusalOf(pod, emptier, { ...cluster, nodes }, filters)
}

/** The Pods whose eviction a disruption budget would not allow. */
function violatingPods(pods: readonly Pod[], cluster: ClusterView): readonly Pod[] {
  const allowed = new Map<string, number>()
  return pods.filter((pod) =>
    cluster.budgetsOf(pod).some(({ name, disruptionsAllowed }) => {
      const left = (allowed.get(name) ?? disruptionsAllowed) - 1
      allowed.set(name, left)
      return left < 0
    }),
  )
}

/** Source: preemption.go:pickOneNodeForPreemption. */
function compareCandidates(a: Candidate, b: Candidate): number {
  return (
    a.violations - b.violations ||
    highestPriority(a) - highestPriority(b) ||
    prioritySum(a) - prioritySum(b) ||
    a.victims.length - b.victims.length ||
    earliestStart(b).localeCompare(earliestStart(a))
  )
}

function highestPriority({ victims }: Candidate): number {
  return Math.max(...victims.map(priorityOf))
}

function prioritySum({ victims }: Candidate): number {
  return victims.reduce((sum, victim) => sum + priorityOf(victim), 0)
}

/** When the most important victims have started: the node whose have run the shortest is taken. */
function earliestStart(candidate: Candidate): string {
  const highest = highestPriority(candidate)
  const starts = candidate.victims.filter((victim) => priorityOf(victim) === highest).map(startOf)
  return starts.toSorted()[0] ?? ''
}

/** Source: pkg/scheduler/util/utils.go:MoreImportantPod. */
function compareImportance(a: Pod, b: Pod): number {
  return priorityOf(b) - priorityOf(a) || startOf(a).localeCompare(startOf(b))
}

function startOf(pod: Pod): string {
  return pod.status?.startTime ?? ''
}

function uidOf(pod: Pod): string {
  return pod.metadata?.uid ?? ''
}
