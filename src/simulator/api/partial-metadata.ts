// An object without anything but its metadata (meta/v1 PartialObjectMetadata).

import type { KubeObject } from '../store/object.ts'

export function partialMetadata({ metadata }: KubeObject, version = 'v1'): KubeObject {
  return { kind: 'PartialObjectMetadata', apiVersion: `meta.k8s.io/${version}`, metadata }
}
