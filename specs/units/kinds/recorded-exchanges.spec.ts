// What a real API server answered when objects were created and changed: ours answers the same, whole bodies compared.

import { expect } from 'chai'
import { existsSync } from 'node:fs'
import { recorded, recordedPath } from './recorded.ts'
import { expected, replay } from './replay.ts'

const NEEDS_CONTROLLER = 'a controller has written a status meanwhile'
const NEEDS_KUBELET = 'the Pod was scheduled and ran'
const NO_RESIZE = 'resizing in place is not modelled: pods/resize is not served'
const DEPRECATED =
  'the warning of a deprecated kind also comes with reads and refusals, where kinds have no say'
const NOT_SERVED = 'this kind is not served'
const OMITTED = 'the recorder left the body out'
const OF_METADATA = 'concerns metadata, which all kinds share'
const OF_DECODING = 'concerns the decoding of bodies'

/** Exchanges that cannot agree, or do not yet. None may be added without a reason, and those that agree are taken out. */
const DIFFERENT: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  defaulting: {
    'CSIStorageCapacity-minimal-get': NOT_SERVED,
    'CSIStorageCapacity-rich-create': NOT_SERVED,
    'CSIStorageCapacity-rich-get': NOT_SERVED,
    'ConfigMap-invalid-5': OMITTED,
    'CronJob-immutable-schedule': 'the CronJob had a state that is not in the recording',
    'DaemonSet-minimal-get': NEEDS_CONTROLLER,
    'Endpoints-invalid-1': DEPRECATED,
    'Endpoints-rich-get': DEPRECATED,
    'Job-immutable-nodeSelector': NEEDS_CONTROLLER,
    'Job-indexed-get': NEEDS_CONTROLLER,
    'Job-minimal-get': NEEDS_CONTROLLER,
    'Job-rich-get': NEEDS_CONTROLLER,
    'Job-workqueue-get': NEEDS_CONTROLLER,
    'Lease-invalid-2': OF_DECODING,
    'PersistentVolumeClaim-immutable-storage': 'the claim had a state that is not in the recording',
    'PodDisruptionBudget-immutable-selector': NEEDS_CONTROLLER,
    'PodDisruptionBudget-rich-get': NEEDS_CONTROLLER,
    'ResourceClaim-minimal-create': NOT_SERVED,
    'ResourceClaim-rich-create': NOT_SERVED,
    'ResourceClaimTemplate-minimal-create': NOT_SERVED,
    'ResourceClaimTemplate-minimal-get': NOT_SERVED,
    'Secret-invalid-1': OF_DECODING,
    'Service-invalid-12': 'the address belongs to the Service kubernetes, which is not there',
    'StatefulSet-rich-get': NEEDS_CONTROLLER,
  },
  'invalid-pods': {
    'activeDeadlineSeconds-1.0': OF_DECODING,
    'annotation-too-long': OMITTED,
    'body-pod-2MiB-args': OMITTED,
    'content-type-application/JSON': 'the Pod existed by a request that is not in the recording',
    'fieldManager-nonprintable': 'concerns the options of the request',
    'finalizers-no-slash': OF_METADATA,
    'generateName-no-dash': 'the generated part of a name cannot be told from the rest',
    'namespace-terminating-configmap': 'the namespace was made by a request that is not in the recording',
    'ownerReferences-duplicate': OF_METADATA,
    'ownerReferences-event-owner': OF_METADATA,
    'terminationGracePeriodSeconds-9223372036854775808': OF_DECODING,
    'yaml-body-tab': OF_DECODING,
  },
  'pod-updates': {
    'bind-rv-mismatch': 'tells a resourceVersion, which no two servers share',
    'conflict-first-writer': NO_RESIZE,
    'conflict-second-writer': NO_RESIZE,
    'delete-ok': NO_RESIZE,
    'delete-precondition-rv': 'tells a resourceVersion, which no two servers share',
    'ephemeral-add': NEEDS_KUBELET,
    'ephemeral-dry-ok': NEEDS_KUBELET,
    'ephemeral-get': NEEDS_KUBELET,
    'ephemeral-put-other-change': NEEDS_KUBELET,
    'ephemeral-second': NEEDS_KUBELET,
    'put-labels-bad': OF_METADATA,
    'put-ownerReferences-bad': OF_METADATA,
    'put-ports': 'an empty list that was sent is shown as such',
    'put-volumes-add': 'the recorder took a line out of the difference',
    'put-volumes-source': 'there are two smallest differences, and Go finds the other one',
    'put-while-terminating-image': NEEDS_KUBELET,
    'run-delete': NEEDS_KUBELET,
    'run-events': NEEDS_KUBELET,
    'run-get': NEEDS_KUBELET,
    'run-get-with-ephemeral': NEEDS_KUBELET,
    'run-put-deadline-add-dry': NEEDS_KUBELET,
    'run-put-grace-dry': NEEDS_KUBELET,
    'run-put-image-change-dry': NEEDS_KUBELET,
    'run-put-nodeName-change-dry': NEEDS_KUBELET,
    'run-watch': NEEDS_KUBELET,
  },
}

for (const [theme, different] of Object.entries(DIFFERENT)) {
  describe(`the recorded exchanges of ${theme}`, () => {
    if (!existsSync(recordedPath(theme))) {
      it.skip('lie beside the repository')
      return
    }
    const exchanges = recorded(theme)
    const answers = replay(exchanges)
    for (const [index, exchange] of exchanges.entries()) {
      const why = different[exchange.name] ?? (exchange.name.startsWith('resize-') ? NO_RESIZE : undefined)
      if (why) it.skip(`${exchange.name}: ${why}`)
      else it(exchange.name, () => expect(answers[index]).to.deep.equal(expected(exchange)))
    }
  })
}
