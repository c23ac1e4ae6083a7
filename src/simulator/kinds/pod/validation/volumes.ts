// What volumes a Pod may have, and from where.

import type { V1KeyToPath, V1Volume } from '@kubernetes/client-node'
import type { Json } from '../../../../pod/json.ts'
import { parseQuantity } from '../../../../pod/quantity.ts'
import type { FieldError, FieldPath } from '../../../store/field-error.ts'
import { duplicate, forbidden, invalid, required } from '../../../store/field-error.ts'
import { descendingPath, labelName, noBacksteps, optionalOneOf } from '../../field-checks.ts'
import { downwardFilesMistakes, projectedMistakes } from './projected-volumes.ts'

type Volume = Json<V1Volume>
type Source = Exclude<keyof Volume, 'name'>
type Check = (path: FieldPath, volume: Volume) => readonly FieldError[]

const HOST_PATH_TYPES = [
  '',
  'BlockDevice',
  'CharDevice',
  'Directory',
  'DirectoryOrCreate',
  'File',
  'FileOrCreate',
  'Socket',
]
const PULL_POLICIES = ['Always', 'IfNotPresent', 'Never']

/** Source: pkg/apis/core/validation/validation.go:ValidateVolumes. */
export function volumesMistakes(path: FieldPath, volumes: readonly Volume[]): readonly FieldError[] {
  return volumes.flatMap((volume, index) => {
    const at = `${path}[${index}]`
    const isRepeated = volumes.findIndex(({ name }) => name === volume.name) < index
    return [
      ...sourcesMistakes(at, volume),
      ...labelName(`${at}.name`, volume.name),
      ...(volume.name && isRepeated ? [duplicate(`${at}.name`, volume.name)] : []),
    ]
  })
}

/** Permissions of a file. Source: the same file:validateDataItemMode. */
export function modeMistakes(path: FieldPath, mode: number | undefined): readonly FieldError[] {
  if (mode === undefined || (mode >= 0 && mode <= 0o777)) return []
  return [invalid(path, mode, 'must be a number between 0 and 0777 (octal), both inclusive')]
}

/** Which keys become which files. Source: the same file:validateKeyToPath. */
export function itemsMistakes(path: FieldPath, items: readonly Json<V1KeyToPath>[]): readonly FieldError[] {
  return items.flatMap(({ key, path: file, mode }, index) => [
    ...(key ? [] : [required(`${path}[${index}].key`)]),
    ...(file ? [] : [required(`${path}[${index}].path`)]),
    ...(file ? filePathMistakes(`${path}[${index}].path`, file) : []),
    ...modeMistakes(`${path}[${index}].mode`, mode),
  ])
}

/** The name of a file in a volume that the kubelet fills. Source: the same file:validateLocalNonReservedPath. */
export function filePathMistakes(path: FieldPath, file: string): readonly FieldError[] {
  const isReserved = file.startsWith('..') && !file.startsWith('../') && file !== '..'
  return [
    ...descendingPath(path, file),
    ...(isReserved ? [invalid(path, file, "must not start with '..'")] : []),
  ]
}

/** In the order in which the API server looks for them: the second that is found is one too many. */
const CHECKS: readonly (readonly [Source, Check])[] = [
  ['emptyDir', emptyDirMistakes],
  ['hostPath', hostPathMistakes],
  ['gitRepo', (path, { gitRepo }) => needed(`${path}.repository`, gitRepo?.repository)],
  ['gcePersistentDisk', (path, { gcePersistentDisk: disk }) => needed(`${path}.pdName`, disk?.pdName)],
  [
    'awsElasticBlockStore',
    (path, { awsElasticBlockStore: disk }) => needed(`${path}.volumeID`, disk?.volumeID),
  ],
  ['secret', secretMistakes],
  ['nfs', nfsMistakes],
  ['iscsi', (path, { iscsi }) => needed(`${path}.targetPortal`, iscsi?.targetPortal)],
  ['glusterfs', (path, { glusterfs }) => needed(`${path}.endpoints`, glusterfs?.endpoints)],
  ['flocker', () => []],
  [
    'persistentVolumeClaim',
    (path, { persistentVolumeClaim: claim }) => needed(`${path}.claimName`, claim?.claimName),
  ],
  ['rbd', (path, { rbd }) => needed(`${path}.image`, rbd?.image)],
  ['cinder', (path, { cinder }) => needed(`${path}.volumeID`, cinder?.volumeID)],
  ['cephfs', (path, { cephfs }) => (cephfs?.monitors?.length ? [] : [required(`${path}.monitors`)])],
  ['quobyte', (path, { quobyte }) => needed(`${path}.registry`, quobyte?.registry)],
  ['downwardAPI', downwardMistakes],
  ['fc', () => []],
  ['flexVolume', (path, { flexVolume }) => needed(`${path}.driver`, flexVolume?.driver)],
  ['configMap', configMapMistakes],
  ['azureFile', (path, { azureFile }) => needed(`${path}.secretName`, azureFile?.secretName)],
  ['vsphereVolume', (path, { vsphereVolume: disk }) => needed(`${path}.volumePath`, disk?.volumePath)],
  ['photonPersistentDisk', (path, { photonPersistentDisk: disk }) => needed(`${path}.pdID`, disk?.pdID)],
  ['portworxVolume', (path, { portworxVolume }) => needed(`${path}.volumeID`, portworxVolume?.volumeID)],
  ['azureDisk', (path, { azureDisk }) => needed(`${path}.diskName`, azureDisk?.diskName)],
  ['storageos', () => []],
  ['projected', (path, { projected }) => (projected ? projectedMistakes(path, projected) : [])],
  ['scaleIO', (path, { scaleIO }) => needed(`${path}.gateway`, scaleIO?.gateway)],
  ['csi', (path, { csi }) => needed(`${path}.driver`, csi?.driver)],
  ['ephemeral', ephemeralMistakes],
  ['image', imageMistakes],
]

function sourcesMistakes(path: FieldPath, volume: Volume): readonly FieldError[] {
  const found = CHECKS.filter(([source]) => volume[source] !== undefined)
  if (found.length === 0) return [required(path, 'must specify a volume type')]
  return found.flatMap(([source, check], index) =>
    index === 0
      ? check(`${path}.${source}`, volume)
      : [forbidden(`${path}.${source}`, 'may not specify more than 1 volume type')],
  )
}

function needed(path: FieldPath, value: string | undefined): readonly FieldError[] {
  return value ? [] : [required(path)]
}

function emptyDirMistakes(path: FieldPath, { emptyDir }: Volume): readonly FieldError[] {
  const { sizeLimit } = emptyDir ?? {}
  if (sizeLimit === undefined || parseQuantity(sizeLimit).nanos >= 0n) return []
  return [forbidden(`${path}.sizeLimit`, 'SizeLimit field must be a valid resource quantity')]
}

function hostPathMistakes(path: FieldPath, { hostPath }: Volume): readonly FieldError[] {
  if (!hostPath?.path) return [required(`${path}.path`)]
  return [
    ...noBacksteps(`${path}.path`, hostPath.path),
    ...optionalOneOf(`${path}.type`, hostPath.type, HOST_PATH_TYPES),
  ]
}

function secretMistakes(path: FieldPath, { secret }: Volume): readonly FieldError[] {
  return [
    ...needed(`${path}.secretName`, secret?.secretName),
    ...modeMistakes(`${path}.defaultMode`, secret?.defaultMode),
    ...itemsMistakes(`${path}.items`, secret?.items ?? []),
  ]
}

function configMapMistakes(path: FieldPath, { configMap }: Volume): readonly FieldError[] {
  return [
    ...needed(`${path}.name`, configMap?.name),
    ...modeMistakes(`${path}.defaultMode`, configMap?.defaultMode),
    ...itemsMistakes(`${path}.items`, configMap?.items ?? []),
  ]
}

function nfsMistakes(path: FieldPath, { nfs }: Volume): readonly FieldError[] {
  const directory = nfs?.path ?? ''
  return [
    ...needed(`${path}.server`, nfs?.server),
    ...needed(`${path}.path`, directory),
    ...(directory.startsWith('/') ? [] : [invalid(`${path}.path`, directory, 'must be an absolute path')]),
  ]
}

function downwardMistakes(path: FieldPath, { downwardAPI }: Volume): readonly FieldError[] {
  return [
    ...modeMistakes(`${path}.defaultMode`, downwardAPI?.defaultMode),
    ...downwardFilesMistakes(path, downwardAPI?.items ?? []),
  ]
}

function ephemeralMistakes(path: FieldPath, { ephemeral }: Volume): readonly FieldError[] {
  const at = `${path}.volumeClaimTemplate`
  const spec = ephemeral?.volumeClaimTemplate?.spec
  if (!ephemeral?.volumeClaimTemplate) return [required(at)]
  return [
    ...(spec?.accessModes?.length
      ? []
      : [required(`${at}.spec.accessModes`, 'at least 1 access mode is required')]),
    ...(spec?.resources?.requests?.['storage'] ? [] : [required(`${at}.spec.resources[storage]`)]),
  ]
}

function imageMistakes(path: FieldPath, { image }: Volume): readonly FieldError[] {
  return [
    ...needed(`${path}.reference`, image?.reference),
    ...optionalOneOf(`${path}.pullPolicy`, image?.pullPolicy, PULL_POLICIES),
  ]
}
