// Field numbers of the messages of autoscaling/v1.

import type { Messages } from './messages.ts'

export const autoscalingV1: Messages = {
  CrossVersionObjectReference: 'kind 1 string, name 2 string, apiVersion 3 string',
  HorizontalPodAutoscaler: `
    metadata 1 meta/v1.ObjectMeta, spec 2 HorizontalPodAutoscalerSpec, status 3 Status`,
  HorizontalPodAutoscalerSpec: `
    scaleTargetRef 1 CrossVersionObjectReference, minReplicas 2 int?, maxReplicas 3 int,
    targetCPUUtilizationPercentage 4 int?`,
  Scale: 'metadata 1 meta/v1.ObjectMeta, spec 2 ScaleSpec, status 3 Status',
  ScaleSpec: 'replicas 1 int',
}
