// Where Go embeds one struct in another: JSON does not show it, but Go's errors about JSON do.

/** Embedding structs, with the fields that are theirs; all others are of the embedded one (k8s.io/api/core/v1/types.go). */
const EMBEDDED: Readonly<Record<string, { readonly struct: string; readonly own: readonly string[] }>> = {
  EphemeralContainer: { struct: 'EphemeralContainerCommon', own: ['targetContainerName'] },
  PersistentVolumeSpec: {
    struct: 'PersistentVolumeSource',
    own: [
      'accessModes',
      'capacity',
      'claimRef',
      'mountOptions',
      'nodeAffinity',
      'persistentVolumeReclaimPolicy',
      'storageClassName',
      'volumeAttributesClassName',
      'volumeMode',
    ],
  },
  Probe: {
    struct: 'ProbeHandler',
    own: [
      'failureThreshold',
      'initialDelaySeconds',
      'periodSeconds',
      'successThreshold',
      'terminationGracePeriodSeconds',
      'timeoutSeconds',
    ],
  },
  Volume: { struct: 'VolumeSource', own: ['name'] },
}

/** The embedded struct that brings a field to `owner`; undefined for a field of its own. */
export function embeddedIn(owner: string, field: string): string | undefined {
  const embedding = EMBEDDED[owner]
  return embedding && !embedding.own.includes(field) ? embedding.struct : undefined
}
