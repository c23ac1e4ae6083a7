// Starts one container of a pod: image, creation, start, postStart.

import type { Container, EphemeralContainer } from '../../pod/json.ts'
import { SystemError } from '../../process/system-error.ts'
import type { Pod } from '../kinds/pod/pod.ts'
import { node as nodeKind } from '../kinds/node.ts'
import { ConfigError } from './config/config-error.ts'
import { containerConfig } from './config/container-config.ts'
import { type KubeletParts, podEvent, podText, uidOf } from './parts.ts'
import type { ContainerList } from './running-container.ts'
import type { Container as CreatedContainer } from './runtime/container.ts'
import { RuntimeError } from './runtime/start-error.ts'
import type { Sandbox } from './runtime/sandbox.ts'
import type { StartFailure } from './status/container-statuses.ts'
import type { Work } from './work.ts'

/** A container to start. */
export interface StartInput {
  readonly pod: Pod
  readonly container: Container | EphemeralContainer
  readonly list: ContainerList
  readonly sandbox: Sandbox
}

/** Why it was not started; nothing when it was. Source: kuberuntime_container.go:startContainer. */
export function* startContainer(parts: KubeletParts, input: StartInput): Work<StartFailure | undefined> {
  const { pod, list, sandbox } = input
  const container: Container = input.container
  const about = { list, name: container.name }
  const tell = (type: 'Normal' | 'Warning', reason: string, message: string) =>
    podEvent(parts, pod, { type, reason, message, container: about })
  const failed = (reason: string, message: string, text = message): StartFailure => {
    tell('Warning', 'Failed', `Error: ${text}`)
    return { reason, message }
  }

  const pulled = yield* parts.images.ensure(uidOf(pod), container, tell)
  if ('failure' in pulled) return failed(pulled.failure.reason, pulled.failure.message, pulled.failure.reason)

  let created: CreatedContainer
  try {
    const attempt = parts.runtime.attempts(uidOf(pod), container.name)
    const config = containerConfig(parts, {
      pod,
      container,
      attempt,
      sandbox,
      stored: pulled.stored,
      allocatable: parts.registry.find(nodeKind, { name: parts.node.name })?.status?.allocatable ?? {},
    })
    created = yield* parts.runtime.createContainer(sandbox, config)
  } catch (error) {
    if (error instanceof ConfigError) return failed('CreateContainerConfigError', error.message)
    // A mount that finds no place in the container's files.
    if (error instanceof SystemError) {
      const cause = `failed to apply OCI options: failed to mkdir: ${error.message}`
      return failed('CreateContainerError', `failed to generate container spec: ${cause}`)
    }
    throw error
  }
  tell('Normal', 'Created', 'Container created')

  try {
    yield* parts.runtime.startContainer(uidOf(pod), created)
  } catch (error) {
    if (error instanceof RuntimeError) return failed('RunContainerError', error.message)
    throw error
  }
  tell('Normal', 'Started', 'Container started')
  return yield* afterStart(parts, input, created)
}

function* afterStart(
  parts: KubeletParts,
  { pod, container, list }: StartInput,
  running: CreatedContainer,
): Work<StartFailure | undefined> {
  const failure = yield* parts.rules.runPostStart(parts, { pod, container, list, running })
  if (failure === undefined) return undefined
  const about = { list, name: container.name }
  podEvent(parts, pod, {
    type: 'Warning',
    reason: 'FailedPostStartHook',
    message: 'PostStartHook failed',
    container: about,
  })
  yield* parts.rules.killContainer(parts, { pod, container, list, running, message: 'FailedPostStartHook' })
  return { reason: 'PostStartHookError', message: failure }
}

/** The key under which a container's crashes count (kuberuntime/helpers.go:GetBackoffKey). */
export function backOffKey(pod: Pod, container: Container): string {
  return `${uidOf(pod)}/${container.name}/${container.image ?? ''}`
}

/** The pod in the message of a crash loop. */
export function crashLoopMessage(pod: Pod, container: Container, delayText: string): string {
  return `back-off ${delayText} restarting failed container=${container.name} pod=${podText(pod)}`
}
