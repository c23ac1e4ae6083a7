// Field numbers of the messages of apps/v1.

import type { Messages } from './messages.ts'

export const apps: Messages = {
  DaemonSet: 'metadata 1 meta/v1.ObjectMeta, spec 2 DaemonSetSpec, status 3 Status',
  DaemonSetSpec: `
    selector 1 meta/v1.LabelSelector?, template 2 core/v1.PodTemplateSpec,
    updateStrategy 3 DaemonSetUpdateStrategy, minReadySeconds 4 int, revisionHistoryLimit 6 int?`,
  DaemonSetUpdateStrategy: 'type 1 string, rollingUpdate 2 RollingUpdateDaemonSet?',
  Deployment: 'metadata 1 meta/v1.ObjectMeta, spec 2 DeploymentSpec, status 3 Status',
  DeploymentSpec: `
    replicas 1 int?, selector 2 meta/v1.LabelSelector?, template 3 core/v1.PodTemplateSpec,
    strategy 4 DeploymentStrategy, minReadySeconds 5 int, revisionHistoryLimit 6 int?, paused 7 bool,
    progressDeadlineSeconds 9 int?`,
  DeploymentStrategy: 'type 1 string, rollingUpdate 2 RollingUpdateDeployment?',
  ReplicaSet: 'metadata 1 meta/v1.ObjectMeta, spec 2 ReplicaSetSpec, status 3 Status',
  ReplicaSetSpec: `
    replicas 1 int?, selector 2 meta/v1.LabelSelector?, template 3 core/v1.PodTemplateSpec,
    minReadySeconds 4 int`,
  RollingUpdateDaemonSet: 'maxUnavailable 1 IntOrString?, maxSurge 2 IntOrString?',
  RollingUpdateDeployment: 'maxUnavailable 1 IntOrString?, maxSurge 2 IntOrString?',
  RollingUpdateStatefulSetStrategy: 'partition 1 int?, maxUnavailable 2 IntOrString?',
  StatefulSet: 'metadata 1 meta/v1.ObjectMeta, spec 2 StatefulSetSpec, status 3 Status',
  StatefulSetOrdinals: 'start 1 int',
  StatefulSetPersistentVolumeClaimRetentionPolicy: 'whenDeleted 1 string, whenScaled 2 string',
  StatefulSetSpec: `
    replicas 1 int?, selector 2 meta/v1.LabelSelector?, template 3 core/v1.PodTemplateSpec,
    volumeClaimTemplates 4 core/v1.PersistentVolumeClaim[], serviceName 5 string,
    podManagementPolicy 6 string, updateStrategy 7 StatefulSetUpdateStrategy, revisionHistoryLimit 8 int?,
    minReadySeconds 9 int,
    persistentVolumeClaimRetentionPolicy 10 StatefulSetPersistentVolumeClaimRetentionPolicy?,
    ordinals 11 StatefulSetOrdinals?`,
  StatefulSetUpdateStrategy: 'type 1 string, rollingUpdate 2 RollingUpdateStatefulSetStrategy?',
}
