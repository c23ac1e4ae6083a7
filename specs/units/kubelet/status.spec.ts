// The phase and the conditions of a pod, against the tables of Kubernetes' own tests.

import { expect } from 'chai'
import type { ContainerStatus, PodSpec, PodStatus } from '../../../src/pod/json.ts'
import type { Phase } from '../../../src/pod/phase.ts'
import type { PodRuntimeStatus } from '../../../src/simulator/kubelet/runtime/pod-runtime-status.ts'
import {
  allContainersRestartingCondition,
  type ConditionState,
  containersReadyCondition,
  initializedCondition,
  readyCondition,
  readyToStartCondition,
} from '../../../src/simulator/kubelet/status/conditions.ts'
import { podPhase } from '../../../src/simulator/kubelet/status/phase.ts'
import { type ContainerRow, runtimeOf, upstreamCases } from './cases.ts'

interface PhaseCase {
  readonly id: string
  readonly case: string
  readonly pod: { readonly spec: PodSpec; readonly status: PodStatus }
  readonly podIsTerminal: boolean
  readonly podHasInitialized: boolean
  readonly expect: Phase
}

interface Sandbox {
  readonly network?: { readonly ip: string }
  readonly metadata: { readonly attempt: number }
  readonly state: 'READY' | 'NOTREADY'
}

interface ConditionCase {
  readonly id: string
  readonly spec?: PodSpec
  readonly containerStatuses?: readonly ContainerStatus[] | null
  readonly conditions?: readonly { readonly type: string; readonly status: string }[] | null
  readonly podPhase?: Phase
  readonly phase?: Phase
  readonly status?: { readonly sandboxStatuses?: readonly Sandbox[] }
  readonly podStatus?: { readonly containerStatuses: readonly ContainerRow[] }
  readonly oldAPIStatus?: {
    readonly conditions: readonly { readonly type: string; readonly status: string }[]
  }
  readonly expectReady?: ConditionState
  readonly expected?: ConditionState
}

const tables = upstreamCases('pod-phase-and-conditions-cases.json') as
  { podPhase: readonly PhaseCase[]; conditions: readonly ConditionCase[] } | undefined

describe('the phase of a pod is that of getPhase', () => {
  if (!tables) it.skip('needs ../shared/kubernetes/cases')
  for (const one of tables?.podPhase ?? []) {
    it(`${one.id}: ${one.case}`, () => {
      const { initContainerStatuses = [], containerStatuses = [] } = one.pod.status
      const statuses = [...initContainerStatuses, ...containerStatuses]
      const { podIsTerminal: isTerminal, podHasInitialized: hasInitialized } = one
      expect(podPhase({ spec: one.pod.spec, statuses, isTerminal, hasInitialized })).to.equal(one.expect)
    })
  }
})

describe('the conditions of a pod are those of the kubelet', () => {
  if (!tables) it.skip('needs ../shared/kubernetes/cases')
  for (const one of tables?.conditions ?? []) {
    it(one.id, () => {
      const { status, reason = '', message = '' } = computed(one)
      const expected = one.expectReady ?? one.expected
      expect({ status, reason }).to.deep.equal({ status: expected?.status, reason: expected?.reason ?? '' })
      if (expected?.message !== undefined) expect(message).to.equal(expected.message)
    })
  }
})

function computed(one: ConditionCase): ConditionState {
  const input = {
    spec: one.spec,
    statuses: one.containerStatuses ?? undefined,
    phase: one.podPhase ?? 'Pending',
  }
  if (one.id.startsWith('TestGenerateContainersReady')) return containersReadyCondition(input)
  if (one.id.startsWith('TestGeneratePodReadyCondition')) return readyCondition(input, one.conditions ?? [])
  if (one.id.startsWith('TestGeneratePodInitialized')) return initializedCondition(input)
  if (one.id.startsWith('TestGeneratePodReadyToStart')) return readyToStartCondition({}, sandboxes(one))
  const rows = one.podStatus?.containerStatuses ?? []
  const wasRestarting = one.oldAPIStatus !== undefined
  return allContainersRestartingCondition(
    { spec: ruledSpec },
    runtimeOf(rows),
    wasRestarting,
    one.phase ?? 'Pending',
  )
}

const ruledSpec: PodSpec = {
  containers: [
    { name: 'container' },
    {
      name: 'trigger',
      restartPolicy: 'Never',
      restartPolicyRules: [{ action: 'RestartAllContainers', exitCodes: { operator: 'In', values: [42] } }],
    },
  ],
}

function sandboxes({ status }: ConditionCase): PodRuntimeStatus {
  const list = status?.sandboxStatuses ?? []
  return {
    ip: '',
    containers: [],
    sandboxes: list.map(({ network, metadata, state }, index) => ({
      id: String(index),
      attempt: metadata.attempt,
      isReady: state === 'READY',
      ip: network?.ip ?? '',
      createdAtMs: 0,
    })),
  }
}
