// Which steps are drawn alike: by who makes the Pod wait.

import type { StepName } from '../why/step.ts'

/** The control plane, the kubelet, images, the Pod's own containers, hooks, probes, the stopping of containers. */
export type StepFamily = 'plane' | 'kubelet' | 'image' | 'container' | 'hook' | 'probe' | 'stop'

export const STEP_FAMILIES: Readonly<Record<StepName, StepFamily>> = {
  request: 'plane',
  schedulingGates: 'plane',
  scheduling: 'plane',
  kubelet: 'kubelet',
  volumes: 'kubelet',
  sandbox: 'kubelet',
  imagePull: 'image',
  imageBackOff: 'image',
  configError: 'plane',
  kubeletSync: 'kubelet',
  containerStart: 'kubelet',
  initContainer: 'container',
  postStart: 'hook',
  statusReport: 'kubelet',
  restartBackOff: 'container',
  startupProbe: 'probe',
  readinessProbe: 'probe',
  readinessGates: 'probe',
  running: 'container',
  preStop: 'hook',
  TERM: 'stop',
  gracePeriod: 'stop',
  teardown: 'kubelet',
  finalizers: 'plane',
  ended: 'container',
}
