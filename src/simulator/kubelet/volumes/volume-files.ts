// The files of a ConfigMap, Secret, downwardAPI or projected volume, from the API.

import type { V1Volume } from '@kubernetes/client-node'
import type { Json } from '../../../pod/json.ts'
import { encode } from '../../../process/bytes.ts'
import { configMap } from '../../kinds/config-map.ts'
import { secret } from '../../kinds/secret.ts'
import type { Registry } from '../../store/registry.ts'
import { type DownwardFacts, fieldValue, resourceValue } from '../config/downward.ts'
import { VolumeError } from './volume-error.ts'

/** A file to write: bytes as one character a byte. */
export interface VolumeFile {
  readonly path: string
  readonly bytes: string
  readonly mode: number
}

/** What the content of volumes comes from. */
export interface VolumeSources {
  readonly registry: Registry
  readonly facts: DownwardFacts
  readonly allocatable: Readonly<Record<string, string>>
  /** A bound service account token. */
  token(request: { readonly audience?: string | undefined; readonly expirationSeconds: number }): string
}

type Volume = Json<V1Volume>
type Projection = NonNullable<NonNullable<Volume['projected']>['sources']>[number]
interface KeyToPath {
  readonly key: string
  readonly path: string
  readonly mode?: number
}

const DEFAULT_MODE = 0o644

/** The files of a volume; undefined for one that does not come from the API. @throws VolumeError */
export function volumeFiles(volume: Volume, sources: VolumeSources): readonly VolumeFile[] | undefined {
  if (volume.configMap)
    return fromConfigMap(volume.configMap, volume.configMap.defaultMode ?? DEFAULT_MODE, sources)
  if (volume.secret) {
    const { secretName, ...rest } = volume.secret
    const named = { ...rest, ...(secretName ? { name: secretName } : {}) }
    return fromSecret(named, volume.secret.defaultMode ?? DEFAULT_MODE, sources)
  }
  if (volume.downwardAPI)
    return fromDownward(volume.downwardAPI, volume.downwardAPI.defaultMode ?? DEFAULT_MODE, sources)
  if (volume.projected) {
    const mode = volume.projected.defaultMode ?? DEFAULT_MODE
    return (volume.projected.sources ?? []).flatMap((source) => fromProjection(source, mode, sources))
  }
  return undefined
}

function fromProjection(source: Projection, mode: number, sources: VolumeSources): readonly VolumeFile[] {
  if (source.configMap) return fromConfigMap(source.configMap, mode, sources)
  if (source.secret) return fromSecret(source.secret, mode, sources)
  if (source.downwardAPI) return fromDownward(source.downwardAPI, mode, sources)
  if (source.serviceAccountToken) {
    const { audience, expirationSeconds = 3600, path } = source.serviceAccountToken
    // A token is for its pod's user alone, unless the pod has a group for files (volume/projected/projected.go).
    return [{ path, bytes: sources.token({ audience, expirationSeconds }), mode }]
  }
  throw new VolumeError(
    `projected volume source ${Object.keys(source).join(', ')} is not modelled by the simulator`,
  )
}

interface Reference {
  readonly name?: string
  readonly optional?: boolean
  readonly items?: readonly KeyToPath[]
}

function fromConfigMap(reference: Reference, mode: number, { registry, facts }: VolumeSources) {
  const { name = '', optional = false } = reference
  const found = registry.find(configMap, { namespace: facts.pod.metadata.namespace, name })
  if (!found && !optional) throw new VolumeError(`configmap "${name}" not found`)
  const texts = Object.entries(found?.data ?? {}).map(([key, text]) => [key, encode(text)])
  const binary = Object.entries(found?.binaryData ?? {}).map(([key, data]) => [key, fromBase64(data)])
  return chosen(Object.fromEntries([...texts, ...binary]) as Record<string, string>, reference, mode)
}

function fromSecret(reference: Reference, mode: number, { registry, facts }: VolumeSources) {
  const { name = '', optional = false } = reference
  const found = registry.find(secret, { namespace: facts.pod.metadata.namespace, name })
  if (!found && !optional) throw new VolumeError(`secret "${name}" not found`)
  const data = Object.fromEntries(
    Object.entries(found?.data ?? {}).map(([key, text]) => [key, fromBase64(text)]),
  )
  return chosen(data, reference, mode)
}

function fromBase64(text: string): string {
  return Buffer.from(text, 'base64').toString('latin1')
}

/** All keys, or those that are listed (volume/configmap/configmap.go:MakePayload). */
function chosen(data: Readonly<Record<string, string>>, { items, optional }: Reference, defaultMode: number) {
  const listed = items ?? Object.keys(data).map((key): KeyToPath => ({ key, path: key }))
  return listed.flatMap(({ key, path, mode = defaultMode }) => {
    const bytes = data[key]
    if (bytes === undefined && !optional) throw new VolumeError(`references non-existent config key: ${key}`)
    return bytes === undefined ? [] : [{ path, bytes, mode }]
  })
}

type DownwardItems = NonNullable<Volume['downwardAPI']>['items']

function fromDownward(
  { items }: { readonly items?: DownwardItems },
  defaultMode: number,
  sources: VolumeSources,
) {
  const { facts, allocatable } = sources
  return (items ?? []).map(({ path, fieldRef, resourceFieldRef, mode = defaultMode }): VolumeFile => {
    const { containers = [], initContainers = [] } = facts.pod.spec ?? {}
    const named = [...containers, ...initContainers].find(
      ({ name }) => name === resourceFieldRef?.containerName,
    )
    const text = fieldRef
      ? fieldValue(fieldRef.fieldPath, facts)
      : resourceFieldRef && named
        ? resourceValue(resourceFieldRef, named, allocatable)
        : ''
    return { path, bytes: encode(text), mode }
  })
}
