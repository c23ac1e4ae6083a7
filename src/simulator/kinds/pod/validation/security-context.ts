// As whom, and with which powers, a container may run.

import type {
  V1AppArmorProfile,
  V1PodSecurityContext,
  V1SeccompProfile,
  V1SecurityContext,
  V1Sysctl,
} from '@kubernetes/client-node'
import type { Json, PodSpec } from '../../../../pod/json.ts'
import type { FieldError, FieldPath } from '../../../store/field-error.ts'
import { duplicate, invalid, notSupported, required } from '../../../store/field-error.ts'
import { descendingPath, optionalOneOf, optionalSubdomain, processId } from '../../field-checks.ts'

const PROFILES = ['Localhost', 'RuntimeDefault', 'Unconfined']
const SYSCTL = String.raw`^([a-z0-9]([-_a-z0-9]*[a-z0-9])?[\.\/])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?$`
const IPC_SYSCTL = /^(kernel\.shm|kernel\.msg|kernel\.sem$|fs\.mqueue\.)/

/** Source: pkg/apis/core/validation/validation.go:ValidateSecurityContext. */
export function securityContextMistakes(
  path: FieldPath,
  context: Json<V1SecurityContext> | undefined,
  usesHostUsers: boolean,
): readonly FieldError[] {
  if (!context) return []
  const { procMount } = context
  return [
    ...processId(`${path}.runAsUser`, context.runAsUser),
    ...processId(`${path}.runAsGroup`, context.runAsGroup),
    ...optionalOneOf(`${path}.procMount`, procMount, ['Default', 'Unmasked']),
    ...(procMount === 'Unmasked' && usesHostUsers
      ? [invalid(`${path}.procMount`, procMount, '`hostUsers` must be false to use `Unmasked`')]
      : []),
    ...seccompMistakes(`${path}.seccompProfile`, context.seccompProfile),
    ...escalationMistakes(path, context),
    ...optionalSubdomain(
      `${path}.windowsOptions.gmsaCredentialSpecName`,
      context.windowsOptions?.gmsaCredentialSpecName,
    ),
    ...appArmorMistakes(`${path}.appArmorProfile`, context.appArmorProfile),
  ]
}

/** Source: the same file:validatePodSpecSecurityContext. */
export function podSecurityContextMistakes(
  path: FieldPath,
  context: Json<V1PodSecurityContext>,
  spec: PodSpec,
): readonly FieldError[] {
  return [
    ...processId(`${path}.fsGroup`, context.fsGroup),
    ...processId(`${path}.runAsUser`, context.runAsUser),
    ...processId(`${path}.runAsGroup`, context.runAsGroup),
    ...(context.supplementalGroups ?? []).flatMap((id, i) =>
      processId(`${path}.supplementalGroups[${i}]`, id),
    ),
    ...(spec.hostPID && spec.shareProcessNamespace
      ? [
          invalid(
            `${path}.shareProcessNamespace`,
            true,
            'ShareProcessNamespace and HostPID cannot both be enabled',
          ),
        ]
      : []),
    ...sysctlsMistakes(`${path}.sysctls`, context.sysctls ?? [], spec),
    ...optionalOneOf(`${path}.fsGroupChangePolicy`, context.fsGroupChangePolicy, [
      'Always',
      'OnRootMismatch',
    ]),
    ...seccompMistakes(`${path}.seccompProfile`, context.seccompProfile),
    ...appArmorMistakes(`${path}.appArmorProfile`, context.appArmorProfile),
    ...optionalOneOf(`${path}.supplementalGroupsPolicy`, context.supplementalGroupsPolicy, [
      'Merge',
      'Strict',
    ]),
    ...optionalOneOf(`${path}.seLinuxChangePolicy`, context.seLinuxChangePolicy, ['Recursive']),
  ]
}

function escalationMistakes(path: FieldPath, context: Json<V1SecurityContext>): readonly FieldError[] {
  if (context.allowPrivilegeEscalation !== false) return []
  const refusal = 'cannot set `allowPrivilegeEscalation` to false and'
  return [
    ...(context.privileged ? [invalid(path, context, `${refusal} \`privileged\` to true`)] : []),
    ...(context.capabilities?.add?.includes('CAP_SYS_ADMIN')
      ? [invalid(path, context, `${refusal} \`capabilities.Add\` CAP_SYS_ADMIN`)]
      : []),
  ]
}

function seccompMistakes(
  path: FieldPath,
  profile: Json<V1SeccompProfile> | undefined,
): readonly FieldError[] {
  if (!profile) return []
  if (!profile.type) return [required(`${path}.type`, 'type is required when seccompProfile is set')]
  return profileMistakes(path, profile, 'seccomp')
}

function appArmorMistakes(
  path: FieldPath,
  profile: Json<V1AppArmorProfile> | undefined,
): readonly FieldError[] {
  if (!profile) return []
  if (!profile.type) return [required(`${path}.type`, 'type is required when appArmorProfile is set')]
  return profileMistakes(path, profile, 'AppArmor')
}

function profileMistakes(
  path: FieldPath,
  { type, localhostProfile }: { readonly type: string; readonly localhostProfile?: string },
  kind: string,
): readonly FieldError[] {
  const at = `${path}.localhostProfile`
  if (!PROFILES.includes(type)) return [notSupported(`${path}.type`, type, PROFILES)]
  if (type !== 'Localhost')
    return localhostProfile === undefined
      ? []
      : [invalid(at, localhostProfile, `can only be set when ${kind} type is Localhost`)]
  if (!localhostProfile) return [required(at, `must be set when ${kind} type is Localhost`)]
  return descendingPath(at, localhostProfile)
}

function sysctlsMistakes(
  path: FieldPath,
  sysctls: readonly Json<V1Sysctl>[],
  { hostIPC, hostNetwork }: PodSpec,
): readonly FieldError[] {
  return sysctls.flatMap(({ name }, index) => {
    const at = `${path}[${index}].name`
    if (!name) return [required(at)]
    if (name.length > 253 || !new RegExp(SYSCTL).test(name))
      return [invalid(at, name, `must have at most 253 characters and match regex ${SYSCTL}`)]
    if (sysctls.findIndex((other) => other.name === name) < index) return [duplicate(at, name)]
    if (hostIPC && IPC_SYSCTL.test(name))
      return [invalid(at, name, "may not be specified when 'hostIPC' is true")]
    if (hostNetwork && name.startsWith('net.'))
      return [invalid(at, name, "may not be specified when 'hostNetwork' is true")]
    return []
  })
}
