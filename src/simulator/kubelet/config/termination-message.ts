// What a container says as it ends.

import type { FileSystem } from '../../../process/files.ts'
import type { ContainerLog } from '../runtime/container-log.ts'

/** Source of the limits: pkg/kubelet/container/runtime.go, kuberuntime_manager.go. */
const MAX_MESSAGE_BYTES = 4096
const FALLBACK_LINES = 80
const FALLBACK_BYTES = 2048

/**
 * The file's text; if it is empty, the container has failed and the policy allows it, the end of the log.
 * Source: kuberuntime_container.go:getTerminationMessage. `own` holds the file as /termination-log.
 */
export function terminationMessage(
  own: FileSystem,
  policy: string,
  log: ContainerLog,
  failed: boolean,
): string {
  const text = own.readText('/termination-log').slice(0, MAX_MESSAGE_BYTES)
  if (text !== '' || policy !== 'FallbackToLogsOnError' || !failed) return text
  const lines = log.lines.slice(-FALLBACK_LINES).map((line) => `${line.text}\n`)
  return lines.join('').slice(-FALLBACK_BYTES)
}
