// hostPath volumes: directories and files of the node itself.

import type { V1HostPathVolumeSource } from '@kubernetes/client-node'
import type { Json } from '../../../pod/json.ts'
import type { FileSystem } from '../../../process/files.ts'
import type { MountSource } from './mount-source.ts'
import { VolumeError } from './volume-error.ts'

/**
 * The place on the node, made if the type says so. Types and texts: pkg/volume/hostpath/host_path.go:checkType.
 * @throws VolumeError
 */
export function hostPath(
  { path, type = '' }: Json<V1HostPathVolumeSource>,
  hostFiles: FileSystem,
): MountSource {
  const present = hostFiles.exists(path) ? hostFiles.node(path).kind : undefined
  if (type === 'DirectoryOrCreate' && !present) hostFiles.makeDirectory(path, {}, true)
  // Without a type nothing is checked; the runtime makes a missing directory.
  if (type === '' && !present) hostFiles.makeDirectory(path, {}, true)
  if (type === 'FileOrCreate' && !present) hostFiles.writeText(path, '')
  if (type === 'Directory' && present !== 'directory')
    throw new VolumeError(`hostPath type check failed: ${path} is not a directory`)
  if (type === 'File' && present !== 'file')
    throw new VolumeError(`hostPath type check failed: ${path} is not a file`)
  if (type === 'Socket' || type === 'CharDevice' || type === 'BlockDevice')
    throw new VolumeError(`hostPath type check failed: ${path} is not a ${DEVICE_TEXTS[type]}`)
  return { files: hostFiles, subPath: path.replace(/^\/+/, '') }
}

const DEVICE_TEXTS = {
  Socket: 'socket file',
  CharDevice: 'character device',
  BlockDevice: 'block device',
} as const
