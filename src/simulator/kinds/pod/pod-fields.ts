// What field selectors may name in a Pod.

import { selectable } from '../selectable-fields.ts'
import type { Pod } from './pod.ts'

/** Source: pkg/registry/core/pod/strategy.go:ToSelectableFields and pkg/apis/core/v1/conversion.go. */
export const podFields = selectable<Pod>({
  'spec.host': ({ spec }) => spec?.nodeName ?? '',
  'spec.hostNetwork': ({ spec }) => String(spec?.hostNetwork ?? false),
  'spec.nodeName': ({ spec }) => spec?.nodeName ?? '',
  'spec.restartPolicy': ({ spec }) => spec?.restartPolicy ?? '',
  'spec.schedulerName': ({ spec }) => spec?.schedulerName ?? '',
  'spec.serviceAccountName': ({ spec }) => spec?.serviceAccountName ?? '',
  'status.nominatedNodeName': ({ status }) => status?.nominatedNodeName ?? '',
  'status.phase': ({ status }) => status?.phase ?? '',
  'status.podIP': ({ status }) => status?.podIP ?? '',
  'status.podIPs': ({ status }) => status?.podIP ?? '',
})
