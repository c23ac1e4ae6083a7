// What a Job does about a failed Pod, by the rules of its podFailurePolicy. Pure.

import type { V1PodFailurePolicyRule } from '@kubernetes/client-node'
import { allContainerStatuses } from '../../../pod/containers.ts'
import type { Json } from '../../../pod/json.ts'
import type { Job } from '../../kinds/job/job.ts'
import type { Pod } from '../../kinds/pod/pod.ts'

type Rule = Json<V1PodFailurePolicyRule>

/** What the first rule that matches says. `Count` counts the failure, as without any rule. */
export interface FailureVerdict {
  readonly action: 'Count' | 'FailIndex' | 'FailJob' | 'Ignore'
  /** For FailJob: why. */
  readonly message?: string
}

/** Source: pkg/controller/job/pod_failure_policy.go:matchPodFailurePolicy. */
export function failureVerdict({ spec }: Job, pod: Pod): FailureVerdict {
  for (const [index, rule] of (spec?.podFailurePolicy?.rules ?? []).entries()) {
    const match = matchOf(rule, pod)
    if (!match) continue
    const { namespace, name } = pod.metadata
    const message = `${match(`${namespace}/${name}`)} matching ${rule.action} rule at index ${index}`
    return { action: rule.action as FailureVerdict['action'], message }
  }
  return { action: 'Count' }
}

function matchOf(rule: Rule, pod: Pod): ((podName: string) => string) | undefined {
  if (rule.onExitCodes) {
    const { containerName, operator, values } = rule.onExitCodes
    const found = allContainerStatuses(pod).find(({ name, state }) => {
      const code = state?.terminated?.exitCode ?? 0
      if (code === 0 || (containerName && containerName !== name)) return false
      return values.includes(code) === (operator === 'In')
    })
    const code = found?.state?.terminated?.exitCode
    return found && ((podName) => `Container ${found.name} for pod ${podName} failed with exit code ${code}`)
  }
  const condition = pod.status?.conditions?.find(({ type, status }) =>
    rule.onPodConditions?.some((pattern) => pattern.type === type && (pattern.status ?? 'True') === status),
  )
  return condition && ((podName) => `Pod ${podName} has condition ${condition.type}`)
}
