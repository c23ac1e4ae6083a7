// Everything that podproof assumes about an image of rancher/k3s, each with its source. None of it has been tried on that image yet.

/**
 * Version v1.34 of Kubernetes is the tag v1.34.x-k3s1 of the image; the newest of each minor version that was known when this was
 * written. Source: github.com/k3s-io/k3s/releases, hub.docker.com/r/rancher/k3s/tags.
 */
const TAGS: Readonly<Record<string, string>> = {
  'v1.32': 'v1.32.9-k3s1',
  'v1.33': 'v1.33.5-k3s1',
  'v1.34': 'v1.34.1-k3s1',
}

export const DEFAULT_VERSION = 'v1.34'
const REPOSITORY = 'rancher/k3s'

/**
 * The command, the port 6443, the log line of readiness, the path of the kubeconfig, tmpfs on /run and /var/run, and the mount of
 * /sys/fs/cgroup are those of the module @testcontainers/k3s (k3s-container.ts); they are not repeated here. Traefik is left out as
 * there: no claim is about an ingress, and it takes half a minute to start.
 */
export const COMMAND: readonly string[] = ['server', '--disable=traefik', '--disable=metrics-server']

/**
 * What an engine that cannot start privileged containers gives instead: k3s mounts, makes network namespaces and cgroups; of all
 * capabilities only raising resource limits is not needed. Source: docs.k3s.io/advanced, "Running K3s in Docker", and trial on
 * engines whose own bounding set has no CAP_SYS_RESOURCE.
 */
export const RESTRICTED = {
  CapAdd: ['ALL'],
  CapDrop: ['SYS_RESOURCE'],
  SecurityOpt: ['seccomp=unconfined'],
} as const

/**
 * Reads an archive of `docker save` from its standard input into the images of the kubelet, which live in containerd's namespace
 * `k8s.io`. Source: docs.k3s.io, "Importing Images"; k3s/pkg/agent/containerd: the binary `ctr` is a link to k3s in the PATH of the image.
 */
export const IMPORT_IMAGE: readonly string[] = ['ctr', '--namespace', 'k8s.io', 'images', 'import', '-']

/**
 * The program that lists the containers of the node; a link to k3s in the PATH of the image, with the socket of k3s' containerd
 * as its default (docs.k3s.io, "k3s crictl").
 */
export const CRICTL = 'crictl'

/** A first start unpacks k3s and pulls its own images: so long at most. */
export const START_MS = 180_000

/** The image for a version such as `v1.34`, for a whole tag, or a whole image name. Undefined for a version that is not known. */
export function k3sImage(version: string): string | undefined {
  if (version.includes('/') || version.includes(':')) return version
  const known = TAGS[version.startsWith('v') ? version : `v${version}`]
  if (known !== undefined) return `${REPOSITORY}:${known}`
  return /^v\d+\.\d+\.\d+/.test(version) ? `${REPOSITORY}:${version.replace('+', '-')}` : undefined
}

export const K3S_VERSIONS: readonly string[] = Object.keys(TAGS)
