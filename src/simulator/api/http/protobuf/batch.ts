// Field numbers of the messages of batch/v1.

import type { Messages } from './messages.ts'

export const batch: Messages = {
  CronJob: 'metadata 1 meta/v1.ObjectMeta, spec 2 CronJobSpec, status 3 Status',
  CronJobSpec: `
    schedule 1 string, startingDeadlineSeconds 2 int?, concurrencyPolicy 3 string, suspend 4 bool?,
    jobTemplate 5 JobTemplateSpec, successfulJobsHistoryLimit 6 int?, failedJobsHistoryLimit 7 int?,
    timeZone 8 string?`,
  Job: 'metadata 1 meta/v1.ObjectMeta, spec 2 JobSpec, status 3 Status',
  JobSpec: `
    parallelism 1 int?, completions 2 int?, activeDeadlineSeconds 3 int?, selector 4 meta/v1.LabelSelector?,
    manualSelector 5 bool?, template 6 core/v1.PodTemplateSpec, backoffLimit 7 int?,
    ttlSecondsAfterFinished 8 int?, completionMode 9 string?, suspend 10 bool?,
    podFailurePolicy 11 PodFailurePolicy?, backoffLimitPerIndex 12 int?, maxFailedIndexes 13 int?,
    podReplacementPolicy 14 string?, managedBy 15 string?, successPolicy 16 SuccessPolicy?`,
  JobTemplateSpec: 'metadata 1 meta/v1.ObjectMeta, spec 2 JobSpec',
  PodFailurePolicy: 'rules 1 PodFailurePolicyRule[]',
  PodFailurePolicyOnExitCodesRequirement: `
    containerName 1 string?, operator 2 string, values 3 int[]`,
  PodFailurePolicyOnPodConditionsPattern: 'type 1 string, status 2 string',
  PodFailurePolicyRule: `
    action 1 string, onExitCodes 2 PodFailurePolicyOnExitCodesRequirement?,
    onPodConditions 3 PodFailurePolicyOnPodConditionsPattern[]`,
  SuccessPolicy: 'rules 1 SuccessPolicyRule[]',
  SuccessPolicyRule: 'succeededIndexes 1 string?, succeededCount 2 int?',
}
