// Clusters that are wrong in one rule each: what the claims of the lifecycles must notice.

import type { ContainerStatus, Pod, PodStatus } from '../../src/pod/json.ts'
import { clusterDns } from '../../src/simulator/network/cluster-dns.ts'
import type { DecisionInput, PodActions } from '../../src/simulator/kubelet/pod-actions.ts'
import { kubernetesRules } from '../../src/simulator/kubelet/rules.ts'
import type { KubeletRules } from '../../src/simulator/kubelet/rules.ts'
import type { RuntimeContainer } from '../../src/simulator/kubelet/runtime/pod-runtime-status.ts'
import { start } from '../../src/simulator/kubelet/work.ts'
import type { Work } from '../../src/simulator/kubelet/work.ts'
import type { Rules } from '../../src/simulator/simulator.ts'

/** One wrong rule, and what a failure must say of it. */
export interface Break {
  readonly name: string
  readonly rules: Rules
  /** Found in the message of at least one failure. */
  readonly says: RegExp
}

/** The kubelet with other rules in place of some. */
const kubelet = (rules: Partial<KubeletRules>): Rules => ({ kubelet: { ...kubernetesRules, ...rules } })

/** A kubelet that decides on another input. */
const seeing = (change: (input: DecisionInput) => DecisionInput): Rules =>
  kubelet({ decide: (input) => kubernetesRules.decide(change(input)) })

/** A kubelet that decides something else. */
const doing = (change: (actions: PodActions, input: DecisionInput) => PodActions): Rules =>
  kubelet({ decide: (input) => change(kubernetesRules.decide(input), input) })

/** A kubelet that reports something else. */
const reporting = (change: (status: PodStatus, pod: Pod) => PodStatus): Rules =>
  kubelet({ podStatus: (input) => change(kubernetesRules.podStatus(input), input.pod) })

/**
 * A kubelet that reads another restart policy. Where it starts a container again, it never shows that it has ended, only that
 * it waits: the API server would not let it take back an end that is final.
 */
const withRestartPolicy = (from: string, to: string): Rules => {
  const isAffected = ({ pod }: { readonly pod: Pod }) => pod.spec?.restartPolicy === from
  const changed = <Input extends { readonly pod: Pod }>(input: Input): Input => {
    const { spec } = input.pod
    return spec && isAffected(input)
      ? { ...input, pod: { ...input.pod, spec: { ...spec, restartPolicy: to } } }
      : input
  }
  return kubelet({
    decide: (input) => kubernetesRules.decide(changed(input)),
    podStatus: (input) => {
      const status = kubernetesRules.podStatus(changed(input))
      return to === 'Always' && isAffected(input) ? eachStatus(status, waitingAgain) : status
    },
  })
}

const waitingAgain = (container: ContainerStatus): ContainerStatus => {
  const { state } = container
  return state?.terminated
    ? {
        ...container,
        state: { waiting: { reason: 'CrashLoopBackOff' } },
        lastState: { terminated: state.terminated },
      }
    : container
}

const withContainers = (
  input: DecisionInput,
  change: (container: RuntimeContainer) => RuntimeContainer,
): DecisionInput => ({
  ...input,
  runtime: { ...input.runtime, containers: input.runtime.containers.map(change) },
})

const isInit = ({ pod }: DecisionInput, name: string): boolean =>
  (pod.spec?.initContainers ?? []).some((container) => container.name === name)

const eachStatus = (
  status: PodStatus,
  change: (container: ContainerStatus) => ContainerStatus,
): PodStatus => ({
  ...status,
  ...(status.initContainerStatuses && { initContainerStatuses: status.initContainerStatuses.map(change) }),
  ...(status.containerStatuses && { containerStatuses: status.containerStatuses.map(change) }),
})

const withExitCode = (container: ContainerStatus, exitCode: number): ContainerStatus => {
  const { state } = container
  return state?.terminated
    ? { ...container, state: { terminated: { ...state.terminated, exitCode } } }
    : container
}

/** Work that is done before it begins. */
function* atOnce<Result>(result: Result): Work<Result> {
  yield* []
  return result
}

/** Sorted by name. */
export const breaks: readonly Break[] = [
  {
    name: 'a failed init container counts as a success',
    rules: seeing((input) =>
      withContainers(input, (container) =>
        isInit(input, container.name) ? { ...container, exitCode: 0 } : container,
      ),
    ),
    says: /failing|never-reached|Init:/,
  },
  {
    name: 'a container that ended well is started again',
    rules: withRestartPolicy('OnFailure', 'Always'),
    says: /no Completed after Running/,
  },
  {
    name: 'a container that failed is started again in spite of Never',
    rules: withRestartPolicy('Never', 'Always'),
    says: /Expected {2}(Init:)?Error, RESTARTS 0/,
  },
  {
    name: 'a container that failed is not started again in spite of OnFailure',
    rules: withRestartPolicy('OnFailure', 'Never'),
    says: /no CrashLoopBackOff after Error/,
  },
  {
    name: 'a terminating Pod is not shown as Terminating',
    rules: reporting((status, pod) =>
      pod.metadata?.deletionTimestamp ? { ...status, reason: 'NodeLost' } : status,
    ),
    says: /Expected {2}Terminating/,
  },
  {
    name: 'a terminating Pod is unready at once',
    rules: reporting((status, pod) =>
      pod.metadata?.deletionTimestamp
        ? eachStatus(status, (container) => ({ ...container, ready: false }))
        : status,
    ),
    says: /READY 1\/1[\s\S]*READY 0\/1/,
  },
  {
    name: 'DNS does not know a Service that exists',
    rules: { dns: () => ({ code: 'NXDOMAIN', isAuthoritative: true, records: [] }) },
    says: /Received {2}.*Init:0\/2/,
  },
  {
    name: 'DNS knows a Service before it exists',
    rules: {
      dns: (question, directory) => {
        const answer = clusterDns(question, directory)
        if (answer.code !== 'NXDOMAIN' || question.type !== 'A') return answer
        const record = { name: question.name, type: 'A' as const, ttlSeconds: 30, data: '10.96.0.99' }
        return { code: 'NOERROR', isAuthoritative: true, records: [record] }
      },
    },
    says: /Expected {2}Init:0\/2 for 30s/,
  },
  {
    name: 'exit codes are lost',
    rules: reporting((status) => eachStatus(status, (container) => withExitCode(container, 255))),
    says: /to exit with \d+[\s\S]*exited with 255/,
  },
  {
    name: 'init containers start together',
    rules: doing((actions, input) => {
      const { pod, runtime } = input
      const [first] = actions.initContainersToStart
      if (first === undefined) return actions
      const all = [...(pod.spec?.initContainers ?? []).keys()]
      const isNew = (index: number) =>
        !runtime.containers.some(({ name }) => name === pod.spec?.initContainers?.[index]?.name)
      return { ...actions, initContainersToStart: all.filter((index) => index === first || isNew(index)) }
    }),
    says: /started while init-myservice had not exited|started while first had not exited|PodInitializing/,
  },
  {
    name: 'KILL comes at once in place of the grace period',
    rules: kubelet({ graceSeconds: () => 0 }),
    says: /Expected {2}to be deleted after at least/,
  },
  {
    name: 'KILL never comes',
    rules: kubelet({ graceSeconds: () => 3_600 }),
    says: /to exit with 137[\s\S]*main is running/,
  },
  {
    name: 'postStart is not awaited',
    rules: kubelet({
      runPostStart: (parts, input) => {
        start(kubernetesRules.runPostStart(parts, input))
        return atOnce(undefined)
      },
    }),
    says: /ContainerCreating for 5s[\s\S]*Running/,
  },
  {
    name: 'postStart is skipped',
    rules: kubelet({
      runPostStart: () => atOnce(undefined),
    }),
    says: /info\.log|\/hook/,
  },
  {
    name: 'preStop is skipped',
    rules: kubelet({
      runPreStop: () => atOnce(0),
    }),
    says: /Expected {2}to be deleted after at least 20s/,
  },
  {
    name: 'READY does not count containers that run',
    rules: reporting((status) => eachStatus(status, (container) => ({ ...container, ready: false }))),
    says: /Expected {2}Running, READY 1\/1[\s\S]*READY 0\/1/,
  },
  {
    name: 'restarts are not counted',
    rules: reporting((status) => eachStatus(status, (container) => ({ ...container, restartCount: 0 }))),
    says: /restart/,
  },
  {
    name: 'STATUS is taken from the phase',
    rules: reporting((status) =>
      Object.fromEntries(Object.entries(status).filter(([field]) => !/containerStatuses/i.test(field))),
    ),
    says: /Expected {2}Init:0\/2[\s\S]*Received {2}Pending/,
  },
  {
    name: 'the default grace period is 10 seconds',
    rules: kubelet({
      graceSeconds: (input) => {
        const seconds = kubernetesRules.graceSeconds(input)
        return seconds === 30 ? 10 : seconds
      },
    }),
    says: /Terminating for 29s[\s\S]*Error after 1\d/,
  },
  {
    name: 'the grace period of a deletion is ignored',
    rules: kubelet({
      graceSeconds: ({ pod }) => pod.spec?.terminationGracePeriodSeconds ?? 30,
    }),
    says: /to be deleted after at least 4s and at most 8s/,
  },
  {
    name: 'the last init container is skipped',
    rules: seeing((input) => {
      const { spec } = input.pod
      if (!spec || (spec.initContainers?.length ?? 0) < 2) return input
      return {
        ...input,
        pod: { ...input.pod, spec: { ...spec, initContainers: spec.initContainers?.slice(0, -1) ?? [] } },
      }
    }),
    says: /init-mydb|third|never-reached/,
  },
  {
    name: 'the node forgets containers that have ended',
    rules: kubelet({
      deadContainersToRemove: (containers, name) =>
        containers.filter((container) => container.name === name && container.state === 'Exited'),
    }),
    says: /k8s_init-mydb_myapp-pod/,
  },
]
