// What an image declares: its files and programs, and what runs unless a pod says otherwise.

import type { DirectoryNode } from '../../process/nodes.ts'
import type { SignalName } from '../../process/signals.ts'

/** One image: what a manifest and its configuration say. */
export interface Image {
  /** `docker.io/library/busybox`. */
  readonly repository: string
  readonly tag: string
  /** The digest of the configuration, `sha256:...`: the id under which a runtime keeps it. */
  readonly id: string
  /** The digest of the manifest, by which a registry knows it; none for an image that was never pulled. */
  readonly digest?: string
  /** Compressed bytes, as the Pulled event tells them. */
  readonly sizeBytes: number
  readonly entrypoint?: readonly string[]
  readonly cmd?: readonly string[]
  readonly env: Readonly<Record<string, string>>
  /** `USER` as written: empty, a number, a name, `uid:gid`. */
  readonly user?: string
  readonly workingDir?: string
  readonly stopSignal?: SignalName
  readonly exposedPorts?: readonly number[]
  /** The root file system; one tree for all containers, made when first asked for. */
  readonly files: () => DirectoryNode
}

/** How the API shows which image runs. */
export function imageId({ repository, digest, id }: Image): string {
  return digest ? `${repository}@${digest}` : id
}

/** The name of the image with its tag, as a runtime writes it. */
export function imageName({ repository, tag }: Image): string {
  return `${repository}:${tag}`
}

/** Makes something once, when it is first asked for. */
export function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined
  return () => (made ??= { value: make() }).value
}
