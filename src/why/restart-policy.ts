// Whether the kubelet starts an exited container again.

import type { Container, Pod } from '../pod/json.ts'
import type { ContainerRun, PlacedContainer } from './container-run.ts'

/** Whether the kubelet starts the container anew. Source: pkg/kubelet/container/helpers.go:ShouldContainerBeRestarted. */
export function willStartAgain(pod: Pod, { container, role }: PlacedContainer, run: ContainerRun): boolean {
  if (role === 'sidecar') return true
  const exitCode = run.exit?.exitCode ?? 0
  const policy = container.restartPolicy ?? pod.spec?.restartPolicy ?? 'Always'
  const rule = container.restartPolicyRules?.find(
    ({ exitCodes }) => exitCodes && matches(exitCodes, exitCode),
  )
  if (rule) return rule.action === 'Restart' || rule.action === 'RestartAllContainers'
  if (role === 'init') return exitCode !== 0 && policy !== 'Never'
  return policy === 'Always' || (policy === 'OnFailure' && exitCode !== 0)
}

type ExitCodes = NonNullable<NonNullable<Container['restartPolicyRules']>[number]['exitCodes']>

function matches({ operator, values = [] }: ExitCodes, exitCode: number): boolean {
  return values.includes(exitCode) === (operator === 'In')
}
