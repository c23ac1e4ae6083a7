// The Pod of a plan, as a manifest has it.

import type { ContainerPlan, HookPlan, PodPlan, ProbePlan, RestartPlan } from './pod-plan.ts'

/** `i0`, `s1`... for init containers and sidecars, `c2`... for the others: the letter tells the role. */
export function containerName({ role }: ContainerPlan, index: number): string {
  return `${{ init: 'i', sidecar: 's', main: 'c' }[role]}${index}`
}

/** The spec of a Pod that does what its plan says. */
export function plannedSpec({ restartPolicy, graceSeconds, deadlineSeconds, containers }: PodPlan) {
  const all = containers.map((plan, index) => ({
    plan,
    container: plannedContainer(plan, index, graceSeconds),
  }))
  const init = all.filter(({ plan }) => plan.role !== 'main').map(({ container }) => container)
  return {
    restartPolicy,
    terminationGracePeriodSeconds: graceSeconds,
    ...(deadlineSeconds !== undefined && { activeDeadlineSeconds: deadlineSeconds }),
    ...(init.length > 0 && { initContainers: init }),
    containers: all.filter(({ plan }) => plan.role === 'main').map(({ container }) => container),
  }
}

function plannedContainer(plan: ContainerPlan, index: number, graceSeconds: number) {
  const { role, postStart, preStop, startup, liveness, readiness, restarts } = plan
  return {
    name: containerName(plan, index),
    image: 'busybox:1.36',
    command: ['sh', '-c', script(plan)],
    ...(role === 'sidecar' && { restartPolicy: 'Always' }),
    ...(restarts && restartFields(restarts)),
    ...((postStart ?? preStop) && {
      lifecycle: {
        ...(postStart && { postStart: handler(postStart, graceSeconds) }),
        ...(preStop && { preStop: handler(preStop, graceSeconds) }),
      },
    }),
    ...(startup && { startupProbe: probe(startup) }),
    ...(liveness && { livenessProbe: probe(liveness) }),
    ...(readiness && { readinessProbe: probe(readiness) }),
  }
}

function script({ runs, exits, onTerm }: ContainerPlan): string {
  const trap = onTerm === 'ignores' ? "trap '' TERM" : `trap '${lingering(onTerm)}exit ${exits}' TERM`
  return [trap, 'date +%s > /born', `sleep ${runs} & wait $!`, `exit ${exits}`].join('; ')
}

const lingering = (onTerm: 'ends' | number) => (onTerm === 'ends' ? '' : `sleep ${onTerm}; `)

/** The API server takes no sleep that is longer than the grace period. */
function handler({ action, seconds, exits }: HookPlan, graceSeconds: number) {
  if (action === 'sleep') return { sleep: { seconds: Math.min(seconds, graceSeconds) } }
  return { exec: { command: ['sh', '-c', `sleep ${seconds}; exit ${exits}`] } }
}

function probe({ holdsFrom, failsFrom, ...fields }: ProbePlan) {
  const age = 'age=$(( $(date +%s) - $(cat /born) ))'
  const command = ['sh', '-c', `${age}; [ $age -ge ${holdsFrom} ] && [ $age -lt ${failsFrom} ]`]
  return { exec: { command }, ...fields }
}

function restartFields({ policy, rule }: RestartPlan) {
  if (!rule) return { restartPolicy: policy }
  const exitCodes = { operator: 'In', values: rule.codes }
  return { restartPolicy: policy, restartPolicyRules: [{ action: rule.action, exitCodes }] }
}
