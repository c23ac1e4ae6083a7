// The words that the STATUS column can show, to tell a mistyped one from one that has not come yet.

import { closest } from '../../cluster/closest.ts'

/** Sorted. Source: printers.go:printPod with the reasons that kubelet, scheduler and container runtime give. */
const WORDS: readonly string[] = [
  'Completed',
  'ContainerCannotRun',
  'ContainerCreating',
  'ContainerStatusUnknown',
  'CrashLoopBackOff',
  'CreateContainerConfigError',
  'CreateContainerError',
  'DeadlineExceeded',
  'ErrImageNeverPull',
  'ErrImagePull',
  'Error',
  'Evicted',
  'Failed',
  'ImageInspectError',
  'ImagePullBackOff',
  'InvalidImageName',
  'NotReady',
  'OOMKilled',
  'Pending',
  'PodInitializing',
  'PostStartHookError',
  'RegistryUnavailable',
  'Running',
  'RunContainerError',
  'SchedulingGated',
  'StartError',
  'Succeeded',
  'Terminating',
  'Unknown',
]

/** Counted or coded: `Init:0/2`, `Init:ExitCode:3`, `Signal:9`. */
const PATTERN = /^(Init:)?(\d+\/\d+|ExitCode:\d+|Signal:\d+)$/

/** The word that was probably meant by one that no Pod ever shows; undefined for words that one may show. */
export function meantStatus(status: string): string | undefined {
  const prefix = status.startsWith('Init:') ? 'Init:' : ''
  const word = status.slice(prefix.length)
  if (WORDS.includes(word) || PATTERN.test(status)) return undefined
  const meant = closest(word, WORDS)
  return meant === undefined ? undefined : prefix + meant
}
