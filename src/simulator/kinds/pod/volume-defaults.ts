// What the API server fills in where a volume was left incomplete.

import type { V1DownwardAPIVolumeFile, V1Volume, V1VolumeProjection } from '@kubernetes/client-node'
import type { Json } from '../../../pod/json.ts'
import { canonicalQuantity } from '../../../pod/quantity.ts'
import { fill, fillZero, mapShared, replace } from '../defaulting.ts'
import { canonicalResources } from '../resource-list.ts'
import { defaultPullPolicy } from './container-defaults.ts'
import { fieldRefDefaults, resourceFieldRefDefaults } from './environment-defaults.ts'

type Volume = Json<V1Volume>

/** 0644, as the API writes it. */
const DEFAULT_MODE = 420
/** An hour: how long a projected token lives unless told. */
const TOKEN_SECONDS = 3_600

/** Source: pkg/apis/core/v1/defaults.go:SetDefaults_Volume and the functions for each source. */
export function volumeDefaults(volume: Volume): Volume {
  if (Object.keys(volume).every((field) => field === 'name' || volume[field as keyof Volume] === undefined))
    return { ...volume, emptyDir: {} }
  return replace(volume, {
    configMap: volume.configMap && fill(volume.configMap, { defaultMode: DEFAULT_MODE }),
    downwardAPI:
      volume.downwardAPI && downwardDefaults(fill(volume.downwardAPI, { defaultMode: DEFAULT_MODE })),
    emptyDir: volume.emptyDir && emptyDirDefaults(volume.emptyDir),
    ephemeral: volume.ephemeral && ephemeralDefaults(volume.ephemeral),
    hostPath: volume.hostPath && fill(volume.hostPath, { type: '' }),
    image:
      volume.image && fillZero(volume.image, { pullPolicy: defaultPullPolicy(volume.image.reference ?? '') }),
    iscsi: volume.iscsi && fillZero(volume.iscsi, { iscsiInterface: 'default' }),
    projected: volume.projected && projectedDefaults(volume.projected),
    secret: volume.secret && fill(volume.secret, { defaultMode: DEFAULT_MODE }),
  })
}

function emptyDirDefaults(emptyDir: NonNullable<Volume['emptyDir']>): NonNullable<Volume['emptyDir']> {
  return replace(emptyDir, { sizeLimit: emptyDir.sizeLimit && canonicalQuantity(emptyDir.sizeLimit) })
}

type EphemeralSource = NonNullable<Volume['ephemeral']>

function ephemeralDefaults(ephemeral: EphemeralSource): EphemeralSource {
  const template = ephemeral.volumeClaimTemplate
  if (!template?.spec) return ephemeral
  const spec = fill(template.spec, { volumeMode: 'Filesystem' })
  const requests = spec.resources?.requests && canonicalResources(spec.resources.requests)
  const resources = replace(spec.resources ?? {}, { requests })
  return replace(ephemeral, {
    volumeClaimTemplate: replace(template, { spec: replace(spec, { resources }) }),
  })
}

function projectedDefaults(projected: NonNullable<Volume['projected']>): NonNullable<Volume['projected']> {
  return replace(fill(projected, { defaultMode: DEFAULT_MODE }), {
    // No sources at all travel as null.
    sources: projected.sources?.length
      ? mapShared(projected.sources, projectionDefaults)
      : (null as unknown as readonly Json<V1VolumeProjection>[]),
  })
}

function projectionDefaults(source: Json<V1VolumeProjection>): Json<V1VolumeProjection> {
  const { downwardAPI, serviceAccountToken } = source
  return replace(source, {
    downwardAPI: downwardAPI && downwardDefaults(downwardAPI),
    serviceAccountToken:
      serviceAccountToken && fill(serviceAccountToken, { expirationSeconds: TOKEN_SECONDS }),
  })
}

interface WithItems {
  readonly items?: readonly Json<V1DownwardAPIVolumeFile>[]
}

function downwardDefaults<T extends WithItems>(downward: T): T {
  return replace<WithItems>(downward, {
    items: downward.items && mapShared(downward.items, downwardFileDefaults),
  }) as T
}

function downwardFileDefaults(file: Json<V1DownwardAPIVolumeFile>): Json<V1DownwardAPIVolumeFile> {
  return replace(file, {
    fieldRef: file.fieldRef && fieldRefDefaults(file.fieldRef),
    resourceFieldRef: file.resourceFieldRef && resourceFieldRefDefaults(file.resourceFieldRef),
  })
}
