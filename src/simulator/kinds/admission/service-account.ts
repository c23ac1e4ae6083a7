// ServiceAccount: every Pod acts in somebody's name, and finds the token for it in its file system.

import type { V1Volume, V1VolumeMount } from '@kubernetes/client-node'
import type { Container, Json, PodSpec } from '../../../pod/json.ts'
import { forbiddenError } from '../../store/api-error.ts'
import type { AdmissionRequest } from '../../store/admission.ts'
import { replace } from '../defaulting.ts'
import type { Pod } from '../pod/pod.ts'
import type { ServiceAccount } from '../service-account.ts'
import { podAdmission } from './pod-admission.ts'
import { copyWith } from '../../store/copy-with.ts'

const TOKEN_PATH = '/var/run/secrets/kubernetes.io/serviceaccount'
const VOLUME_PREFIX = 'kube-api-access-'
/** As client-go's name generator: letters and digits that make no words. */
const SUFFIX_ALPHABET = 'bcdfghjklmnpqrstvwxz2456789'
const MIRROR = 'kubernetes.io/config.mirror'

/** Source: plugin/pkg/admission/serviceaccount/admission.go. */
export const serviceAccountAdmission = podAdmission('ServiceAccount', ['CREATE'], (pod, request) => {
  // A static Pod runs whatever the API server thinks of it.
  if (pod.metadata.annotations?.[MIRROR] || !pod.spec) return pod
  const name = pod.spec.serviceAccountName || 'default'
  const account = accountOf(pod, name, request)
  const spec: PodSpec = {
    ...pod.spec,
    serviceAccountName: name,
    serviceAccount: name,
    ...(!pod.spec.imagePullSecrets?.length &&
      account.imagePullSecrets && { imagePullSecrets: account.imagePullSecrets }),
  }
  const wantsToken = pod.spec.automountServiceAccountToken ?? account.automountServiceAccountToken ?? true
  return copyWith(pod, { spec: wantsToken ? withToken(spec, request) : spec })
})

function accountOf({ metadata }: Pod, name: string, { kind, context }: AdmissionRequest): ServiceAccount {
  const { namespace = '' } = metadata
  const account = context.store.get('serviceaccounts', { namespace, name })
  if (account) return account
  const why = `error looking up service account ${namespace}/${name}: serviceaccount ${JSON.stringify(name)} not found`
  throw forbiddenError(kind, metadata.name ?? '', why)
}

function withToken(spec: PodSpec, { context }: AdmissionRequest): PodSpec {
  const existing = spec.volumes?.find(({ name }) => name.startsWith(VOLUME_PREFIX))?.name
  const name = existing ?? VOLUME_PREFIX + context.random.text(5, SUFFIX_ALPHABET)
  const containers = spec.containers.map((container) => withMount(container, name))
  const initContainers = spec.initContainers?.map((container) => withMount(container, name))
  const isNeeded = [...containers, ...(initContainers ?? [])].some(({ volumeMounts = [] }) =>
    volumeMounts.some((mount) => mount.name === name),
  )
  if (!isNeeded) return spec
  return replace(spec, {
    containers,
    initContainers,
    volumes: existing ? undefined : [...(spec.volumes ?? []), tokenVolume(name)],
  })
}

function withMount(container: Container, name: string): Container {
  const mounts = container.volumeMounts ?? []
  if (mounts.some(({ mountPath }) => mountPath === TOKEN_PATH)) return container
  const mount: Json<V1VolumeMount> = { name, readOnly: true, mountPath: TOKEN_PATH }
  return { ...container, volumeMounts: [...mounts, mount] }
}

/** The token, the certificate of its issuer, and the namespace. An hour and seven seconds, so that kubelets rotate early. */
function tokenVolume(name: string): Json<V1Volume> {
  const namespace = { apiVersion: 'v1', fieldPath: 'metadata.namespace' }
  return {
    name,
    projected: {
      sources: [
        { serviceAccountToken: { expirationSeconds: 3607, path: 'token' } },
        { configMap: { name: 'kube-root-ca.crt', items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
        { downwardAPI: { items: [{ path: 'namespace', fieldRef: namespace }] } },
      ],
      defaultMode: 420,
    },
  }
}
