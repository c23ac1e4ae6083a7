// Field numbers of the messages of autoscaling/v2.

import type { Messages } from './messages.ts'

export const autoscalingV2: Messages = {
  ContainerResourceMetricSource: 'name 1 string, target 2 MetricTarget, container 3 string',
  CrossVersionObjectReference: 'kind 1 string, name 2 string, apiVersion 3 string',
  ExternalMetricSource: 'metric 1 MetricIdentifier, target 2 MetricTarget',
  HPAScalingPolicy: 'type 1 string, value 2 int, periodSeconds 3 int',
  HPAScalingRules: `
    selectPolicy 1 string?, policies 2 HPAScalingPolicy[], stabilizationWindowSeconds 3 int?,
    tolerance 4 Quantity?`,
  HorizontalPodAutoscaler: `
    metadata 1 meta/v1.ObjectMeta, spec 2 HorizontalPodAutoscalerSpec, status 3 Status`,
  HorizontalPodAutoscalerBehavior: 'scaleUp 1 HPAScalingRules?, scaleDown 2 HPAScalingRules?',
  HorizontalPodAutoscalerSpec: `
    scaleTargetRef 1 CrossVersionObjectReference, minReplicas 2 int?, maxReplicas 3 int,
    metrics 4 MetricSpec[], behavior 5 HorizontalPodAutoscalerBehavior?`,
  MetricIdentifier: 'name 1 string, selector 2 meta/v1.LabelSelector?',
  MetricSpec: `
    type 1 string, object 2 ObjectMetricSource?, pods 3 PodsMetricSource?, resource 4 ResourceMetricSource?,
    external 5 ExternalMetricSource?, containerResource 7 ContainerResourceMetricSource?`,
  MetricTarget: `
    type 1 string, value 2 Quantity?, averageValue 3 Quantity?, averageUtilization 4 int?`,
  ObjectMetricSource: `
    describedObject 1 CrossVersionObjectReference, target 2 MetricTarget, metric 3 MetricIdentifier`,
  PodsMetricSource: 'metric 1 MetricIdentifier, target 2 MetricTarget',
  ResourceMetricSource: 'name 1 string, target 2 MetricTarget',
}
