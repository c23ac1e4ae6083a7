// Everything that the runtime has to know to create a container.

import type { Container } from '../../../pod/json.ts'
import { FileSystem } from '../../../process/files.ts'
import { type Image, imageId } from '../../images/image.ts'
import type { Pod } from '../../kinds/pod/pod.ts'
import type { StoredImage } from '../image-store.ts'
import { type KubeletParts, podText } from '../parts.ts'
import type { ContainerConfig } from '../runtime/container.ts'
import { containerHash } from '../runtime/pod-runtime-status.ts'
import type { Sandbox } from '../runtime/sandbox.ts'
import { quantityValue } from '../volumes/quantity-value.ts'
import { ConfigError } from './config-error.ts'
import { environment } from './environment.ts'
import { expand } from './expand.ts'
import { hostname, hostsFile, podDns, resolvConf } from './pod-files.ts'
import { terminationMessage } from './termination-message.ts'
import { containerUser, homeOf, verifyRunAsNonRoot } from './user.ts'

/** What a container is made from. */
export interface ContainerInput {
  readonly pod: Pod
  readonly container: Container
  readonly attempt: number
  readonly sandbox: Sandbox
  readonly stored: StoredImage
  readonly allocatable: Readonly<Record<string, string>>
}

/** Source: kuberuntime_container.go:generateContainerConfig, kubelet_pods.go:GenerateRunContainerOptions. @throws ConfigError */
export function containerConfig(parts: KubeletParts, input: ContainerInput): ContainerConfig {
  const { pod, container, attempt, stored, sandbox } = input
  const { image } = stored
  const files = new FileSystem({
    timers: parts.timers,
    layer: image.files(),
    isReadOnly: container.securityContext?.readOnlyRootFilesystem ?? false,
  })
  verifyRunAsNonRoot(pod, container, image, podText(pod))
  const user = containerUser(pod, container, image, files)
  const { node, registry } = parts
  const podIP = sandbox.network.ip || node.hostIP
  const facts = { pod, podIP, hostIP: node.hostIP, nodeName: node.name }
  const variables = environment({ registry, facts, container, allocatable: input.allocatable })
  const env: Record<string, string> = { HOSTNAME: hostname(pod, node.name), ...image.env, ...variables }
  const memoryLimitBytes = quantityValue(container.resources?.limits?.['memory'])
  const messagePath = container.terminationMessagePath ?? '/dev/termination-log'
  const messages = mountFiles(parts, input, files, variables)
  const cwd = container.workingDir || image.workingDir || '/'
  // runc makes a working directory that the image has not.
  if (!files.isReadOnly && !files.exists(cwd)) files.makeDirectory(cwd, {}, true)
  return {
    name: container.name,
    attempt,
    hash: containerHash(container),
    image: stored.names[0] ?? container.image ?? '',
    imageId: imageId(image),
    argv: argvOf(container, image, variables),
    env: { ...env, ...(env['HOME'] === undefined ? { HOME: homeOf(files, user.uid) } : {}) },
    cwd,
    user,
    files,
    stdin: container.stdin ?? false,
    stdinOnce: container.stdinOnce ?? false,
    tty: container.tty ?? false,
    stopSignal: image.stopSignal ?? 'TERM',
    ...(memoryLimitBytes === undefined ? {} : { memoryLimitBytes }),
    terminationMessage: ({ log, failed }) =>
      messagePath === ''
        ? ''
        : terminationMessage(messages, container.terminationMessagePolicy ?? 'File', log, failed),
  }
}

/** Command and arguments of the pod replace the image's; a command without arguments drops the image's arguments too. */
function argvOf(
  container: Container,
  image: Image,
  variables: Readonly<Record<string, string>>,
): readonly string[] {
  const expanded = (words: readonly string[] | undefined) =>
    words?.map((word) => expand(word, (name) => variables[name]))
  const command = container.command?.length ? expanded(container.command) : undefined
  const args = container.args?.length ? expanded(container.args) : undefined
  const argv = command
    ? [...command, ...(args ?? [])]
    : [...(image.entrypoint ?? []), ...(args ?? image.cmd ?? [])]
  if (argv.length === 0) throw new ConfigError('no command specified')
  return argv
}

/** Mounts the pod's volumes and the kubelet's own files. Answers the file that takes the termination message. */
function mountFiles(
  parts: KubeletParts,
  { pod, container, sandbox }: ContainerInput,
  files: FileSystem,
  variables: Readonly<Record<string, string>>,
): FileSystem {
  const { node, timers } = parts
  const volumes = parts.volumes(pod)
  const own = new FileSystem({ timers })
  own.writeText('/hosts', hostsFile(pod, sandbox.network.ip || node.hostIP, node.name, node.clusterDomain))
  own.writeText('/resolv.conf', resolvConf(podDns(pod, node.clusterDns, node.clusterDomain)))
  own.writeText('/hostname', `${hostname(pod, node.name)}\n`)
  own.writeText('/termination-log', '', { mode: 0o666 })
  for (const name of ['hosts', 'resolv.conf', 'hostname']) files.mount(`/etc/${name}`, own, { subPath: name })
  const messagePath = container.terminationMessagePath ?? '/dev/termination-log'
  if (messagePath) files.mount(messagePath, own, { subPath: 'termination-log' })
  for (const mount of container.volumeMounts ?? []) {
    const volume = volumes.get(mount.name)
    if (!volume)
      throw new ConfigError(`cannot find volume "${mount.name}" to mount into container "${container.name}"`)
    const inVolume =
      mount.subPathExpr === undefined ? mount.subPath : expand(mount.subPathExpr, (name) => variables[name])
    const subPath = [volume.subPath, inVolume].filter((part) => part !== undefined && part !== '').join('/')
    files.mount(mount.mountPath, volume.files, {
      isReadOnly: mount.readOnly ?? false,
      ...(subPath ? { subPath } : {}),
    })
  }
  return own
}
