// Instants that Go holds by value: JSON shows them as null until they are set.

/** By structure (k8s.io/api: fields of type metav1.Time and metav1.MicroTime without omitzero). */
const BY_STRUCT: Readonly<Record<string, readonly string[]>> = {
  'core.v1.ContainerStateRunning': ['startedAt'],
  'core.v1.ContainerStateTerminated': ['startedAt', 'finishedAt'],
  'core.v1.Event': ['firstTimestamp', 'lastTimestamp', 'eventTime'],
  'core.v1.NodeCondition': ['lastHeartbeatTime', 'lastTransitionTime'],
  'core.v1.PersistentVolumeClaimCondition': ['lastProbeTime', 'lastTransitionTime'],
  'core.v1.PodCondition': ['lastProbeTime', 'lastTransitionTime'],
}

const NONE: readonly string[] = []

export function unsetInstants(struct: string): readonly string[] {
  return BY_STRUCT[struct] ?? NONE
}
