// The objects by which a cluster runs a suite: an Indexed Job, and what its Pods need.

import type { ManifestObject } from '../../cluster/manifest.ts'
import { NEEDS } from '../../cluster/needs.ts'
import { OWN_LABEL } from '../../cluster/own-label.ts'
import type { ProjectFile } from './project-files.ts'

export interface DistributedJob {
  /** Of the Job, its namespace and the ClusterRole. */
  readonly name: string
  readonly image: string
  readonly shards: number
  /** What the container is started with: arguments for podproof, or a whole command. */
  readonly run: { readonly args: readonly string[] } | { readonly command: readonly string[] }
  /** The files of the project; empty where they are in the image. */
  readonly files: readonly ProjectFile[]
  /** Where the container finds the project. */
  readonly workingDir: string
  readonly deadlineSeconds: number
}

/** An object of a cluster may have a mebibyte (kubernetes.io, ConfigMap): some room is left for what surrounds the files. */
const CONFIG_MAP_BYTES = 900_000
/** Exit codes of podproof that a second attempt does not change: a claim failed, the command line is wrong. */
const VERDICTS = [1, 2]
/** A Job that nobody has collected goes by itself. */
const FORGOTTEN_SECONDS = 86_400
/** Whoever it is, it is not root; no user of that number has to exist. */
const USER = 65_532

/** Every object, each after those that it needs; the first is the namespace. Throws an Error for a file that fits in no ConfigMap. */
export function jobManifests(job: DistributedJob): readonly ManifestObject[] {
  return [namespace(job), ...access(job), ...configMaps(job).map(({ object }) => object), jobObject(job)]
}

function namespace({ name }: DistributedJob): ManifestObject {
  const annotations = { 'podproof.dev/title': `podproof distribute, Job ${name}` }
  return {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name, labels: { [OWN_LABEL]: 'true' }, annotations },
  }
}

/** What podproof needs on any cluster, bound to the account of the Pods. */
function access({ name }: DistributedJob): readonly ManifestObject[] {
  const rbac = { apiVersion: 'rbac.authorization.k8s.io/v1' }
  const metadata = { name, labels: { [OWN_LABEL]: 'true' } }
  const roleRef = { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name }
  const rules = NEEDS.map(({ group, resource, verb }) => ({
    apiGroups: [group],
    resources: [resource],
    verbs: [verb],
  }))
  return [
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'podproof', namespace: name } },
    { ...rbac, kind: 'ClusterRole', metadata, rules },
    {
      ...rbac,
      kind: 'ClusterRoleBinding',
      metadata,
      roleRef,
      subjects: [{ kind: 'ServiceAccount', name: 'podproof', namespace: name }],
    },
  ]
}

interface FilesInConfigMap {
  readonly object: ManifestObject
  /** Which key is which path. */
  readonly items: readonly { readonly key: string; readonly path: string }[]
}

/** Keys know no folders: files are numbered, and the volume gives them their paths. */
function configMaps({ name, files }: DistributedJob): readonly FilesInConfigMap[] {
  return inParts(files).map((part, index) => {
    const items = part.map(({ path }, number) => ({ key: `file-${number}`, path }))
    const data = Object.fromEntries(part.map(({ text }, number) => [`file-${number}`, text]))
    const metadata = { name: `project-${index}`, namespace: name }
    return { object: { apiVersion: 'v1', kind: 'ConfigMap', metadata, data }, items }
  })
}

function inParts(files: readonly ProjectFile[]): readonly (readonly ProjectFile[])[] {
  const parts: ProjectFile[][] = []
  let bytes = Infinity
  for (const file of files) {
    const size = Buffer.byteLength(file.text) + file.path.length
    if (size > CONFIG_MAP_BYTES)
      throw new Error(
        `${file.path} is too large for a ConfigMap (${size} bytes): put the specs into the image, and use --workdir`,
      )
    if (bytes + size > CONFIG_MAP_BYTES) {
      parts.push([])
      bytes = 0
    }
    parts.at(-1)?.push(file)
    bytes += size
  }
  return parts
}

/**
 * A claim that fails fails its index and not the Job, so that every shard is run; a Pod that was evicted is run again
 * (kubernetes.io, "Handling retriable and non-retriable pod failures with Pod failure policy").
 */
function jobObject(job: DistributedJob): ManifestObject {
  const { name, shards, deadlineSeconds } = job
  const rules = [
    { action: 'FailIndex', onExitCodes: { containerName: 'podproof', operator: 'In', values: VERDICTS } },
    { action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget', status: 'True' }] },
  ]
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name, namespace: name },
    spec: {
      completionMode: 'Indexed',
      completions: shards,
      parallelism: shards,
      backoffLimitPerIndex: 1,
      podFailurePolicy: { rules },
      activeDeadlineSeconds: deadlineSeconds,
      ttlSecondsAfterFinished: FORGOTTEN_SECONDS,
      template: { spec: podSpec(job) },
    },
  }
}

/** As the restricted Pod security standard asks for it. */
function podSpec(job: DistributedJob) {
  const { image, run, workingDir } = job
  const project = configMaps(job)
  const securityContext = {
    allowPrivilegeEscalation: false,
    capabilities: { drop: ['ALL'] },
    readOnlyRootFilesystem: true,
  }
  const container = {
    name: 'podproof',
    image,
    ...run,
    workingDir,
    env: [{ name: 'NO_COLOR', value: '1' }],
    resources: { requests: { cpu: '250m', memory: '256Mi' } },
    securityContext,
    volumeMounts: [
      { name: 'tmp', mountPath: '/tmp' },
      ...(project.length > 0 ? [{ name: 'project', mountPath: workingDir }] : []),
    ],
  }
  const sources = project.map(({ object, items }) => ({ configMap: { name: object.metadata.name, items } }))
  return {
    serviceAccountName: 'podproof',
    restartPolicy: 'Never',
    securityContext: {
      runAsNonRoot: true,
      runAsUser: USER,
      runAsGroup: USER,
      fsGroup: USER,
      seccompProfile: { type: 'RuntimeDefault' },
    },
    containers: [container],
    volumes: [
      { name: 'tmp', emptyDir: {} },
      ...(project.length > 0 ? [{ name: 'project', projected: { sources } }] : []),
    ],
  }
}
