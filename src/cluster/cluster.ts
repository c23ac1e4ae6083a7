// The one port to a cluster, real or simulated: Kubernetes REST, four streams, and its clock.

import type { Clock, Timers } from '../time/clock.ts'
import type { Latch } from '../time/latch.ts'
import type { Owner } from '../time/ownership.ts'

/**
 * A cluster as podproof knows it. Claims, recordings and terminals use nothing else, so that what runs on the
 * simulator runs on any cluster. What takes cluster time ends in a latch and not in a promise, because only
 * `clock.pass` lets time go by.
 */
export interface Cluster {
  /** Which cluster this is, as reports call it: `simulator`, `k3s`, `kubeconfig:<context>`. */
  readonly name: string
  /** The address of its API server; undefined where none is needed. */
  readonly server?: string
  readonly clock: Clock & Timers
  /** One request that the API server answers at once. Answers with a Status of 4xx or 5xx are answers, not errors. */
  request(method: Method, path: string, body?: unknown, options?: RequestOptions): Promise<ClusterResponse>
  /** Watches a collection: what exists, then every change, in the order of the server. It outlives broken connections. */
  watch(path: string, options: WatchOptions, onEvent: (event: WatchEvent) => void): Streaming
  /** Reads the log of a container, line by line, each with the instant at which the node got it. */
  logs(target: ContainerTarget, options: LogOptions, onLine: (line: LogText) => void): Streaming
  /** Runs a command in a container. */
  exec(target: ContainerTarget, command: readonly string[], options?: ExecOptions): Execution
  /** What can be seen and done on a node itself; undefined where podproof has no access to nodes. */
  readonly node?: NodeAccess
  /** The text of a kubeconfig file with which an outside client reaches this cluster. */
  kubeConfig(): Promise<string>
  /**
   * Takes over the time of a cluster whose `kubeConfig` was asked for: it moves only inside `clock.pass`, while every
   * program that the owner has started waits. Undefined where time goes by itself.
   */
  own?(): Owner
  /** Ends every stream and everything that was started for this cluster. */
  close(): Promise<void>
}

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

export interface RequestOptions {
  readonly query?: Readonly<Record<string, string>>
  /** Of the body; `application/json` unless told. */
  readonly contentType?: string
  readonly accept?: string
}

export interface ClusterResponse {
  /** The HTTP status. */
  readonly status: number
  /** The JSON value of the body, or its text where it is not JSON. Never to be changed: the simulator shares it. */
  readonly body: unknown
  /** Sentences of `Warning` headers, for example about unknown or deprecated fields. */
  readonly warnings: readonly string[]
}

/** A Kubernetes object as the server's JSON has it: instants are strings. */
export interface KubeObject {
  readonly apiVersion?: string
  readonly kind?: string
  readonly metadata: ObjectMeta
  readonly [field: string]: unknown
}

export interface ObjectMeta {
  readonly name: string
  readonly namespace?: string
  readonly uid?: string
  readonly resourceVersion?: string
  readonly creationTimestamp?: string
  readonly deletionTimestamp?: string
  readonly deletionGracePeriodSeconds?: number
  readonly generateName?: string
  readonly labels?: Readonly<Record<string, string>>
  readonly annotations?: Readonly<Record<string, string>>
  readonly [field: string]: unknown
}

/** The `Status` object with which an API server says no. */
export interface Status {
  readonly status?: string
  readonly message: string
  readonly reason?: string
  readonly code?: number
  readonly details?: unknown
}

export interface WatchOptions {
  readonly labelSelector?: string
  readonly fieldSelector?: string
}

export interface WatchEvent {
  /** `GAP`: the connection was lost for so long that changes may be missing here; `object` is the server's Status. */
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'GAP'
  readonly object: KubeObject
  /** Cluster time at which the event reached us. */
  readonly atMs: number
}

/** Something that goes on until it ends by itself or is stopped. */
export interface Streaming {
  /** Settles when nothing more will come. */
  readonly end: Latch
  /** Why it ended before its time, in the server's words; undefined while it goes on and after a good end. */
  readonly failure: Status | undefined
  stop(): void
}

export interface ContainerTarget {
  readonly namespace: string
  readonly pod: string
  /** The container by name; the server takes the only or the default one without it. */
  readonly container?: string
}

export interface LogOptions {
  readonly follow?: boolean
  /** The log of the instance before the present one. */
  readonly previous?: boolean
}

export interface LogText {
  /** The instant that the node gave the line. */
  readonly atMs: number
  readonly text: string
}

export interface ExecOptions {
  readonly stdin?: string
}

/** A command that runs, or ran, in a container. */
export interface Execution extends Streaming {
  readonly stdout: string
  readonly stderr: string
  /** Known once it ended; undefined if it could not be started (then `failure` says why). */
  readonly exitCode: number | undefined
}

/** What a person logged in on a node would see and do. */
export interface NodeAccess {
  /** Every container of the node's runtime, running or not, sandboxes too, newest first, as `docker ps -a` lists them. */
  containers(nodeName: string): Promise<readonly NodeContainer[]>
  /** The log files of a container as they lie on the node, which tell its two streams apart. */
  log?(namespace: string, pod: string, container: string): Promise<readonly NodeLogLine[]>
  /** `systemctl stop kubelet`: containers go on, nobody looks after them. Undefined where it cannot be done. */
  stopKubelet?(nodeName: string): Promise<void>
  startKubelet?(nodeName: string): Promise<void>
  /** Kills the sandbox of a Pod behind the kubelet's back. */
  killSandbox?(namespace: string, pod: string): Promise<void>
  /** Removes the instances of a container that have exited, as `crictl rm` does. */
  removeExited?(namespace: string, pod: string, container: string): Promise<void>
  /** Calls `onStep` for what all nodes do with containers from now on. Answers how to stop. */
  watch?(onStep: (step: NodeStep) => void): () => void
}

/** Something that a node did with a container and the API does not show. */
export interface NodeStep {
  readonly what: 'exited' | 'postStart ended' | 'preStop ended'
  /** Cluster time, to the millisecond; it may become known a little later. */
  readonly happenedAtMs: number
  readonly namespace: string
  readonly pod: string
  readonly podUid: string
  readonly container: string
}

export interface NodeLogLine {
  readonly atMs: number
  readonly stream: 'stdout' | 'stderr'
  readonly text: string
}

export interface NodeContainer {
  /** 64 hexadecimal digits. */
  readonly id?: string
  /** Entrypoint and arguments. */
  readonly command?: readonly string[]
  /** `k8s_<container>_<pod>_<namespace>_<uid>_<attempt>`; the container of a sandbox is called `POD`. */
  readonly name: string
  readonly image: string
  readonly state: 'created' | 'running' | 'exited'
  readonly exitCode?: number
  readonly createdAtMs: number
  readonly startedAtMs?: number
  readonly finishedAtMs?: number
}
