// Why a container that is to be started does not run yet, by the last event about it.

import { isTrue } from '../pod/conditions.ts'
import type { Container } from '../pod/json.ts'
import { placedContainers } from './container-run.ts'
import type { PlacedContainer } from './container-run.ts'
import { eventsSoFar, statusAt } from './moment.ts'
import type { Moment } from './moment.ts'
import type { PodEvent } from './pod-event.ts'
import type { Step } from './step.ts'

/** The step of a container that is not running; events before `sinceMs` were about an earlier start. */
export function waitingStep(moment: Moment, { container }: PlacedContainer, sinceMs: number): Step {
  const { name } = container
  const last = eventsSoFar(moment, name).findLast(
    (event) => event.atMs >= sinceMs && event.reason !== 'Killing' && event.reason !== 'Unhealthy',
  )
  if (!last) return betweenContainers(moment, container)
  if (last.reason === 'Pulling') return { name: 'imagePull', container: name }
  if (isAboutImage(last)) return { name: 'imageBackOff', container: name }
  if (last.reason === 'Failed')
    return { name: isAboutConfig(last) ? 'configError' : 'restartBackOff', container: name }
  if (last.reason === 'BackOff') return { name: 'restartBackOff', container: name }
  // The kubelet looks at the image once more at each try, and then fails on the configuration again.
  if (last.reason === 'Pulled' && isConfigWaiting(moment, name))
    return { name: 'configError', container: name }
  return { name: 'containerStart', container: name }
}

/** No event of the container yet: the Pod has no sandbox, or the kubelet has not seen that its turn has come. */
function betweenContainers(moment: Moment, { name }: Container): Step {
  if (!hasSandbox(moment)) return { name: isMountFailing(moment) ? 'volumes' : 'sandbox' }
  const placed = placedContainers(moment.pod)
  const previous = placed[placed.findIndex(({ container }) => container.name === name) - 1]
  // The kubelet goes on by itself after any other container; the exit of an init container it has to notice.
  return previous?.role === 'init' ? { name: 'kubeletSync' } : { name: 'containerStart', container: name }
}

/** The two are told apart only when volumes fail: the kubelet reports nothing between the first status and the sandbox. */
function isMountFailing(moment: Moment): boolean {
  return ['FailedMount', 'FailedAttachVolume'].includes(eventsSoFar(moment).at(-1)?.reason ?? '')
}

function hasSandbox(moment: Moment): boolean {
  return (
    isTrue(moment.pod, 'PodReadyToStartContainers') || eventsSoFar(moment).some((event) => event.container)
  )
}

function isAboutImage({ reason, message }: PodEvent): boolean {
  if (reason === 'ErrImageNeverPull' || reason === 'InspectFailed') return true
  if (reason === 'BackOff') return message.startsWith('Back-off pulling image')
  return (
    reason === 'Failed' &&
    /^Failed to pull image|^Error: (ErrImage|ImagePullBackOff|InvalidImageName)/.test(message)
  )
}

function isAboutConfig({ message }: PodEvent): boolean {
  return /^Error: (configmap|secret) |couldn't find key/.test(message)
}

function isConfigWaiting(moment: Moment, name: string): boolean {
  return statusAt(moment, name)?.state?.waiting?.reason === 'CreateContainerConfigError'
}
