// Reads the table tests of Kubernetes itself, where they lie beside the checkout.

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Container, Pod } from '../../../src/pod/json.ts'
import type { DecisionInput, ProbeResult } from '../../../src/simulator/kubelet/pod-actions.ts'
import {
  containerHash,
  type ContainerState,
  type PodRuntimeStatus,
  type RuntimeContainer,
} from '../../../src/simulator/kubelet/runtime/pod-runtime-status.ts'
import { root } from '../../house/imports.ts'

/** The content of a file of ../shared/kubernetes/cases, or nothing where there is none. */
export function upstreamCases(file: string): unknown {
  const path = join(root, '../shared/kubernetes/cases', file)
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined
}

/** A container as the tables write it: its id, name, state and how it ended. */
export interface ContainerRow {
  readonly id: string
  readonly name: string
  readonly state: ContainerState
  readonly exitCode: number
  readonly specHashMatches?: boolean
}

/** One case of computePodActions. */
export interface DecideCase {
  readonly id: string
  readonly case: string
  readonly pod: Pod['spec'] & { readonly containers: readonly Container[] }
  readonly runtime: {
    readonly sandboxes: readonly {
      readonly id: string
      readonly ready: boolean
      readonly attempt: number
      readonly ip: string
    }[]
    readonly containers: readonly ContainerRow[]
    readonly liveness: Readonly<Record<string, ProbeResult>>
    readonly startup: Readonly<Record<string, ProbeResult>>
  }
  readonly expect: {
    readonly killPod: boolean
    readonly createSandbox: boolean
    readonly attempt: number
    readonly initContainersToStart: readonly number[]
    readonly containersToStart: readonly number[]
    readonly ephemeralContainersToStart: readonly number[]
    readonly kill: readonly string[]
  }
}

/** The input of `decide` for a case. */
export function decisionInput({ pod, runtime }: DecideCase): DecisionInput {
  const containers = [...pod.containers, ...(pod.initContainers ?? []), ...(pod.ephemeralContainers ?? [])]
  return {
    pod: { spec: pod },
    probes: { liveness: (id) => runtime.liveness[id], startup: (id) => runtime.startup[id] },
    runtime: {
      ip: '',
      sandboxes: runtime.sandboxes.map(({ id, ready, attempt, ip }) => ({
        id, attempt, ip, isReady: ready, createdAtMs: 0,
      })), // prettier-ignore
      containers: runtime.containers.map((row) => {
        const spec = containers.find(({ name }) => name === row.name)
        return runtimeContainer(row, row.specHashMatches === false ? 'other' : containerHash(spec ?? row))
      }),
    },
  }
}

/** A container of the runtime that has run for a second. */
export function runtimeContainer(
  { id, name, state, exitCode }: ContainerRow,
  hash: string,
): RuntimeContainer {
  return {
    id, name, state, exitCode, hash,
    attempt: 0, image: 'busybox', imageId: '', createdAtMs: 1_000, startedAtMs: 1_000,
    finishedAtMs: state === 'Exited' ? 2_000 : 0, reason: '', message: '',
  } // prettier-ignore
}

/** A pod whose runtime has these containers, newest first, in one ready sandbox. */
export function runtimeOf(rows: readonly ContainerRow[]): PodRuntimeStatus {
  return {
    ip: '10.0.0.1',
    sandboxes: [{ id: 'sandbox', attempt: 0, isReady: true, ip: '10.0.0.1', createdAtMs: 0 }],
    containers: rows.map((row) => runtimeContainer(row, `${row.name}@busybox`)),
  }
}
