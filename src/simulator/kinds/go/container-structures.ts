// Go's structures of containers, in the order of their fields.

import type { GoField } from './go-field.ts'

const EXEC_HTTP_TCP: readonly GoField[] = [
  ['Exec', '*ExecAction'],
  ['HTTPGet', '*HTTPGetAction'],
  ['TCPSocket', '*TCPSocketAction'],
]

const CONTAINER: readonly GoField[] = [
  ['Name', 'text'],
  ['Image', 'text'],
  ['Command', 'json'],
  ['Args', 'json'],
  ['WorkingDir', 'text'],
  ['Ports', '[]ContainerPort'],
  ['EnvFrom', '[]EnvFromSource'],
  ['Env', '[]EnvVar'],
  ['Resources', 'ResourceRequirements'],
  ['ResizePolicy', '[]ContainerResizePolicy'],
  ['RestartPolicy', 'json'],
  ['RestartPolicyRules', '[]ContainerRestartRule'],
  ['VolumeMounts', '[]VolumeMount'],
  ['VolumeDevices', '[]VolumeDevice'],
  ['LivenessProbe', '*Probe'],
  ['ReadinessProbe', '*Probe'],
  ['StartupProbe', '*Probe'],
  ['Lifecycle', '*Lifecycle'],
  ['TerminationMessagePath', 'text'],
  ['TerminationMessagePolicy', 'text'],
  ['ImagePullPolicy', 'text'],
  ['SecurityContext', '*SecurityContext'],
  ['Stdin', 'flag'],
  ['StdinOnce', 'flag'],
  ['TTY', 'flag'],
]

/** Source: pkg/apis/core/types.go. */
export const containerStructures: Readonly<Record<string, readonly GoField[]>> = {
  AppArmorProfile: [
    ['Type', 'text'],
    ['LocalhostProfile', 'json'],
  ],
  Capabilities: [
    ['Add', 'json'],
    ['Drop', 'json'],
  ],
  ConfigMapEnvSource: [
    ['Name', 'text'],
    ['Optional', 'json'],
  ],
  Container: CONTAINER,
  ContainerPort: [
    ['Name', 'text'],
    ['HostPort', 'number'],
    ['ContainerPort', 'number'],
    ['Protocol', 'text'],
    ['HostIP', 'text'],
  ],
  ContainerResizePolicy: [
    ['ResourceName', 'text'],
    ['RestartPolicy', 'text'],
  ],
  ContainerRestartRule: [
    ['Action', 'text'],
    ['ExitCodes', '*ContainerRestartRuleOnExitCodes'],
  ],
  ContainerRestartRuleOnExitCodes: [
    ['Operator', 'text'],
    ['Values', 'json'],
  ],
  EnvFromSource: [
    ['Prefix', 'text'],
    ['ConfigMapRef', '*ConfigMapEnvSource'],
    ['SecretRef', '*ConfigMapEnvSource'],
  ],
  EnvVar: [
    ['Name', 'text'],
    ['Value', 'text'],
    ['ValueFrom', '*EnvVarSource'],
  ],
  EnvVarSource: [
    ['FieldRef', '*ObjectFieldSelector'],
    ['ResourceFieldRef', '*ResourceFieldSelector'],
    ['ConfigMapKeyRef', '*KeySelector'],
    ['SecretKeyRef', '*KeySelector'],
    ['FileKeyRef', '*FileKeySelector'],
  ],
  EphemeralContainer: [...CONTAINER, ['TargetContainerName', 'text']],
  ExecAction: [['Command', 'json']],
  FileKeySelector: [
    ['VolumeName', 'text'],
    ['Path', 'text'],
    ['Key', 'text'],
    ['Optional', 'json'],
  ],
  GRPCAction: [
    ['Port', 'number'],
    ['Service', 'json'],
  ],
  HTTPGetAction: [
    ['Path', 'text'],
    ['Port', 'json'],
    ['Host', 'text'],
    ['Scheme', 'text'],
    ['HTTPHeaders', '[]HTTPHeader'],
  ],
  HTTPHeader: [
    ['Name', 'text'],
    ['Value', 'text'],
  ],
  KeySelector: [
    ['Name', 'text'],
    ['Key', 'text'],
    ['Optional', 'json'],
  ],
  Lifecycle: [
    ['PostStart', '*LifecycleHandler'],
    ['PreStop', '*LifecycleHandler'],
    ['StopSignal', 'json'],
  ],
  LifecycleHandler: [...EXEC_HTTP_TCP, ['Sleep', '*SleepAction']],
  ObjectFieldSelector: [
    ['APIVersion', 'text'],
    ['FieldPath', 'text'],
  ],
  Probe: [
    ...EXEC_HTTP_TCP,
    ['GRPC', '*GRPCAction'],
    ['InitialDelaySeconds', 'number'],
    ['TimeoutSeconds', 'number'],
    ['PeriodSeconds', 'number'],
    ['SuccessThreshold', 'number'],
    ['FailureThreshold', 'number'],
    ['TerminationGracePeriodSeconds', 'json'],
  ],
  ResourceClaim: [
    ['Name', 'text'],
    ['Request', 'text'],
  ],
  ResourceFieldSelector: [
    ['ContainerName', 'text'],
    ['Resource', 'text'],
    ['Divisor', 'json'],
  ],
  ResourceRequirements: [
    ['Limits', 'json'],
    ['Requests', 'json'],
    ['Claims', '[]ResourceClaim'],
  ],
  SeccompProfile: [
    ['Type', 'text'],
    ['LocalhostProfile', 'json'],
  ],
  SecurityContext: [
    ['Capabilities', '*Capabilities'],
    ['Privileged', 'json'],
    ['SELinuxOptions', '*SELinuxOptions'],
    ['WindowsOptions', 'json'],
    ['RunAsUser', 'json'],
    ['RunAsGroup', 'json'],
    ['RunAsNonRoot', 'json'],
    ['ReadOnlyRootFilesystem', 'json'],
    ['AllowPrivilegeEscalation', 'json'],
    ['ProcMount', 'json'],
    ['SeccompProfile', '*SeccompProfile'],
    ['AppArmorProfile', '*AppArmorProfile'],
  ],
  SELinuxOptions: [
    ['User', 'text'],
    ['Role', 'text'],
    ['Type', 'text'],
    ['Level', 'text'],
  ],
  SleepAction: [['Seconds', 'number']],
  TCPSocketAction: [
    ['Port', 'json'],
    ['Host', 'text'],
  ],
  VolumeDevice: [
    ['Name', 'text'],
    ['DevicePath', 'text'],
  ],
  VolumeMount: [
    ['Name', 'text'],
    ['ReadOnly', 'flag'],
    ['RecursiveReadOnly', 'json'],
    ['MountPath', 'text'],
    ['SubPath', 'text'],
    ['MountPropagation', 'json'],
    ['SubPathExpr', 'text'],
  ],
}
