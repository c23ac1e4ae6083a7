// The admission plugins of the simulator, in the order in which the API server asks them.

import type { Admission } from '../../store/admission.ts'
import { defaultTolerationSeconds } from './default-toleration-seconds.ts'
import { defaultStorageClass } from './default-storage-class.ts'
import { limitRanger } from './limit-ranger.ts'
import { namespaceLifecycle } from './namespace-lifecycle.ts'
import { priority } from './priority.ts'
import { resourceQuotaAdmission } from './resource-quota.ts'
import { runtimeClassAdmission } from './runtime-class.ts'
import { serviceAccountAdmission } from './service-account.ts'
import { storageProtection } from './storage-protection.ts'

/** Source: pkg/kubeapiserver/options/plugins.go:AllOrderedPlugins. PodSecurity and webhooks are not modelled. */
export const admission: readonly Admission[] = [
  namespaceLifecycle,
  limitRanger,
  serviceAccountAdmission,
  priority,
  defaultTolerationSeconds,
  defaultStorageClass,
  storageProtection,
  runtimeClassAdmission,
  resourceQuotaAdmission,
]
