// A command of the kubelet in a container: probes and hooks.

import { decode } from '../../../process/bytes.ts'
import type { Process } from '../../../process/process.ts'
import { type KubeletParts, takes } from '../parts.ts'
import type { Container } from '../runtime/container.ts'
import { RuntimeError } from '../runtime/start-error.ts'
import { within, type Work } from '../work.ts'

/** How a command ended, or why it could not be run. `output` is what it wrote to both streams. */
export type ExecResult =
  | { readonly is: 'exit'; readonly code: number; readonly output: string }
  | { readonly is: 'timeout'; readonly output: string }
  | { readonly is: 'error'; readonly message: string }

/** The most that the kubelet keeps of the output (pkg/probe/exec/exec.go: maxReadLength). */
const MAX_OUTPUT_BYTES = 10 * 1024

/** Runs a command; without `timeoutMs` for as long as it takes. */
export function* execInContainer(
  parts: KubeletParts,
  container: Container,
  argv: readonly string[],
  timeoutMs?: number,
): Work<ExecResult> {
  const { timers } = parts
  const deadlineMs = timeoutMs === undefined ? undefined : timers.now() + timeoutMs
  yield takes(parts, 'execStartMs')
  let output = ''
  const take = (bytes: string) => {
    if (output.length < MAX_OUTPUT_BYTES) output = (output + bytes).slice(0, MAX_OUTPUT_BYTES)
  }
  if (container.state !== 'Running') return { is: 'error', message: notRunning(container.id) }
  const process = started(container, argv, take)
  if (typeof process === 'string') return { is: 'error', message: process }
  if (deadlineMs === undefined) yield (resume) => process.onExit(resume)
  else {
    let isInTime = true
    yield within(
      timers,
      Math.max(deadlineMs - timers.now(), 0),
      (resume) => process.onExit(resume),
      (is) => (isInTime = is),
    )
    if (!isInTime) {
      container.kill(process)
      return { is: 'timeout', output: decode(output) }
    }
  }
  yield takes(parts, 'execExitMs')
  return { is: 'exit', code: process.exit?.code ?? 0, output: decode(output) }
}

function started(
  container: Container,
  argv: readonly string[],
  take: (bytes: string) => void,
): Process | string {
  try {
    return container.exec({ argv, stdout: take, stderr: take })
  } catch (error) {
    if (error instanceof RuntimeError) return error.message
    throw error
  }
}

function notRunning(id: string): string {
  return `failed to exec in container: container ${id} is not running`
}
