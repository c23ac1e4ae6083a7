// Field numbers of the messages of core/v1 that make up volumes and claims.

import type { Messages } from './messages.ts'

export const coreVolumes: Messages = {
  CSIVolumeSource: `
    driver 1 string, readOnly 2 bool?, fsType 3 string?, volumeAttributes 4 map string,
    nodePublishSecretRef 5 LocalObjectReference?`,
  ClusterTrustBundleProjection: `
    name 1 string?, signerName 2 string?, labelSelector 3 meta/v1.LabelSelector?, path 4 string,
    optional 5 bool?`,
  ConfigMapProjection: '... 1 LocalObjectReference, items 2 KeyToPath[], optional 4 bool?',
  ConfigMapVolumeSource: `
    ... 1 LocalObjectReference, items 2 KeyToPath[], defaultMode 3 int?, optional 4 bool?`,
  DownwardAPIProjection: 'items 1 DownwardAPIVolumeFile[]',
  DownwardAPIVolumeFile: `
    path 1 string, fieldRef 2 ObjectFieldSelector?, resourceFieldRef 3 ResourceFieldSelector?, mode 4 int?`,
  DownwardAPIVolumeSource: 'items 1 DownwardAPIVolumeFile[], defaultMode 2 int?',
  EmptyDirVolumeSource: 'medium 1 string, sizeLimit 2 Quantity?',
  EphemeralVolumeSource: 'volumeClaimTemplate 1 PersistentVolumeClaimTemplate?',
  HostPathVolumeSource: 'path 1 string, type 2 string?',
  ImageVolumeSource: 'reference 1 string, pullPolicy 2 string',
  KeyToPath: 'key 1 string, path 2 string, mode 3 int?',
  NFSVolumeSource: 'server 1 string, path 2 string, readOnly 3 bool',
  PersistentVolumeClaimSpec: `
    accessModes 1 string[], resources 2 VolumeResourceRequirements, volumeName 3 string,
    selector 4 meta/v1.LabelSelector?, storageClassName 5 string?, volumeMode 6 string?,
    dataSource 7 TypedLocalObjectReference?, dataSourceRef 8 TypedObjectReference?,
    volumeAttributesClassName 9 string?`,
  PersistentVolumeClaimTemplate: 'metadata 1 meta/v1.ObjectMeta, spec 2 PersistentVolumeClaimSpec',
  PersistentVolumeClaimVolumeSource: 'claimName 1 string, readOnly 2 bool',
  ProjectedVolumeSource: 'sources 1 VolumeProjection[], defaultMode 2 int?',
  SecretProjection: '... 1 LocalObjectReference, items 2 KeyToPath[], optional 4 bool?',
  SecretVolumeSource: `
    secretName 1 string, items 2 KeyToPath[], defaultMode 3 int?, optional 4 bool?`,
  ServiceAccountTokenProjection: 'audience 1 string, expirationSeconds 2 int?, path 3 string',
  TypedLocalObjectReference: 'apiGroup 1 string?, kind 2 string, name 3 string',
  TypedObjectReference: 'apiGroup 1 string?, kind 2 string, name 3 string, namespace 4 string?',
  Volume: 'name 1 string, ... 2 VolumeSource',
  VolumeProjection: `
    secret 1 SecretProjection?, downwardAPI 2 DownwardAPIProjection?, configMap 3 ConfigMapProjection?,
    serviceAccountToken 4 ServiceAccountTokenProjection?, clusterTrustBundle 5 ClusterTrustBundleProjection?`,
  VolumeResourceRequirements: 'limits 1 map Quantity, requests 2 map Quantity',
  VolumeSource: `
    hostPath 1 HostPathVolumeSource?, emptyDir 2 EmptyDirVolumeSource?, secret 6 SecretVolumeSource?,
    nfs 7 NFSVolumeSource?, persistentVolumeClaim 10 PersistentVolumeClaimVolumeSource?,
    downwardAPI 16 DownwardAPIVolumeSource?, configMap 19 ConfigMapVolumeSource?,
    projected 26 ProjectedVolumeSource?, csi 28 CSIVolumeSource?, ephemeral 29 EphemeralVolumeSource?,
    image 30 ImageVolumeSource?`,
}
