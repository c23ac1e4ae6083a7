// How long things take on a real node: every latency and cadence of the simulator, in one place, with its source.

import type { Random } from '../time/random.ts'

/**
 * How long one step takes, in milliseconds: every draw lies between `leastMs` (the 10th percentile of what was
 * measured) and `mostMs` (the 90th), half of them below `medianMs`.
 */
export interface Latency {
  readonly leastMs: number
  readonly medianMs: number
  readonly mostMs: number
}

/**
 * The latencies (drawn anew each time) and the cadences (fixed) of a simulated cluster, all in milliseconds.
 * "Fitted" means: the 10th, 50th and 90th percentile of that interval in the recordings of Kubernetes v1.36.2
 * (2026-11-22, 136 runs), read from watch arrivals and from the nanoseconds in the names of the Events.
 */
export interface Timing {
  /** From a write in the API server until a component that watches has it. Fitted: deletion seen -> Killing emitted. */
  readonly watchMs: Latency
  /** One write of a component to the API server. Fitted: binding written -> Scheduled event emitted. */
  readonly apiCallMs: Latency
  /** An event emitted -> stored (a recorder writes in the background). Fitted: nanoseconds of its name -> watched, n = 1542. */
  readonly eventWriteMs: Latency

  /** Pod seen by the scheduler -> bound, one after the other. Fitted with `watchMs`: created -> bound 3/12/33, n = 291. */
  readonly scheduleMs: Latency
  /** Work of a controller for one key, from its queue to its writes. Fitted: ReplicaSet created -> its first pod created. */
  readonly controllerSyncMs: Latency
  /** One write of a controller, before the next or before it looks again. Fitted: deployment-rollout, old pod ends -> new pod made, 57 to 98 ms. */
  readonly controllerWriteMs: Latency
  /** All kinds of a namespace emptied, one request after the other. Fitted: golden/api/controllers-namespace, last content gone -> namespace gone. */
  readonly namespaceSweepMs: Latency

  /** A status decided in the kubelet -> written. Fitted with `watchMs`: bound -> first status 12/28/80, n = 291. */
  readonly statusWriteMs: Latency
  /** Pod admitted -> its volumes set up and seen by the sync (loops of 100 ms, poll of 300 ms: volumemanager/volume_manager.go). */
  readonly volumesReadyMs: Latency
  /** Sandbox and its network. Fitted with `volumesReadyMs`: first status -> first Pulled 463/551/842, n = 272. */
  readonly sandboxCreateMs: Latency
  /** Sandbox running -> network and processes of it stopped, when no container is left. */
  readonly sandboxStopMs: Latency
  /** Is the image present? Fitted: Started -> Pulled of the next container in the same sync, n = 55. */
  readonly imageCheckMs: Latency
  /** Fitted: Pulled -> Created, n = 362. */
  readonly containerCreateMs: Latency
  /** Created -> the first instruction of the container's process. Fitted: Created -> Started less `containerStartedMs`, n = 359. */
  readonly containerStartMs: Latency
  /** The process runs -> the runtime has answered (Started). Fitted: first log line -> Started, n = 223. */
  readonly containerStartedMs: Latency
  /** The process has exited -> the runtime says so (shim, mounts, task deletion). Fitted with the sandbox: grace over -> status with exit code 137 229/275/490, n = 18. */
  readonly containerExitMs: Latency
  /** Relist on demand after a sync that started a container. Fitted with `statusWriteMs`: last Started -> Running 21/32/67, n = 244. */
  readonly onDemandRelistMs: Latency
  /** Exec asked -> its process runs (hooks, probes, kubectl exec). Fitted: Killing -> first output of a preStop exec. */
  readonly execStartMs: Latency
  /** The exec's process has exited -> the kubelet knows. Fitted: end of preStop -> TERM, recording prestop-short. */
  readonly execExitMs: Latency
  /** The runtime signals a container -> its process has the signal. Fitted: recordings sigterm-*. */
  readonly signalMs: Latency
  /** Containers and volumes of an ended pod gone after its last relist (unmount poll of 300 ms). Fitted: terminated -> DELETED 350/655/1057, n = 86. */
  readonly podCleanupMs: Latency
  /** A TCP connection made or refused inside the cluster. */
  readonly connectionMs: Latency
  /** Nobody answers for an address of the pod network: three ARP requests, one second apart (net.ipv4.neigh). */
  readonly unreachableMs: number
  /** One answer of the cluster's DNS, over the pod network. */
  readonly dnsAnswerMs: Latency
  /** Service or EndpointSlice written -> answered by DNS and routed by kube-proxy (kubernetes/10 10.4: about 50 to 100 ms). */
  readonly serviceUpdateMs: Latency
  /** Pulling -> Pulled when the registry is asked and all layers are present. Fitted: recordings image-pull-always, deployment-rollout. */
  readonly imagePullPresentMs: Latency
  /** Pulling -> Failed when the repository or the tag does not exist. Fitted: recordings image-missing-repo, image-init-missing. */
  readonly imagePullFailMs: Latency

  /** The kubelet looks at the runtime: a second after the last look has ended (kubelet.go: plegRelistPeriod). Fitted: BackOff -> BackOff of later crashes, poststart-fail, delete-crashloop. */
  readonly plegRelistMs: number
  /** The kubelet sends the statuses that it could not send at once (status_manager.go: syncPeriod). */
  readonly statusSyncMs: number
  /** The kubelet's sync loop looks for pods whose time has come (kubelet.go: syncLoop, syncTicker). */
  readonly workQueueTickMs: number
  /** The kubelet sweeps what no pod owns any more (kubelet.go: housekeepingPeriod). */
  readonly housekeepingMs: number
  /** The kubelet removes dead containers and sandboxes (kubelet.go: ContainerGCPeriod). */
  readonly containerGarbageMs: number
  /** A pod is synced again after so long, stretched by up to a half (pod_workers.go: workerResyncIntervalJitterFactor). */
  readonly resyncMs: number
  /** The same after a sync that failed (pod_workers.go: workerBackOffPeriod). */
  readonly resyncAfterErrorMs: number
  /** Crash and image pull back-off: first and longest (kubelet.go: initialCrashLoopBackOff, MaxContainerBackOff). */
  readonly backOffInitialMs: number
  readonly backOffMaxMs: number
  /** The kubelet's eviction manager measures the node (eviction_manager.go: monitoringInterval). */
  readonly evictionMonitorMs: number
  /** The kubelet reports the node's health (kubelet config: nodeStatusUpdateFrequency, nodeStatusReportFrequency, lease renewal). */
  readonly nodeStatusUpdateMs: number
  readonly nodeStatusReportMs: number
  readonly leaseRenewMs: number

  /** The controllers look at the health of nodes, and give up on one (controller-manager flags node-monitor-period, -grace-period). */
  readonly nodeMonitorMs: number
  readonly nodeMonitorGraceMs: number
  /** An unschedulable pod waits between tries, and at most before it is tried whatever happened (scheduling_queue.go). */
  readonly scheduleBackOffInitialMs: number
  readonly scheduleBackOffMaxMs: number
  readonly scheduleFlushMs: number
  /** A key that failed in a controller waits (workqueue/default_rate_limiters.go: 5 ms x 2 up to 1000 s). */
  readonly controllerBackOffInitialMs: number
  readonly controllerBackOffMaxMs: number
  /** A deletion of a namespace asked for -> begun (namespace_controller.go: namespaceDeletionGracePeriod). */
  readonly namespaceDeletionDelayMs: number
  /** A namespace that is not empty and says not why is looked at again (namespace_controller.go: rate limiter). */
  readonly namespaceBackOffInitialMs: number
  readonly namespaceBackOffMaxMs: number
  /** A failed pod of a Job is replaced after so long, doubled each time (job_controller.go: DefaultJobPodFailureBackOff, MaxJobPodFailureBackOff). */
  readonly jobBackOffInitialMs: number
  readonly jobBackOffMaxMs: number
  /** Changes of a Job's pods are taken together (job_controller.go: syncJobBatchPeriod). */
  readonly jobBatchMs: number
  /** An Event goes so long after it was last written (kube-apiserver flag event-ttl). */
  readonly eventTtlMs: number
  /** Pods without a node are collected (podgc/gc_controller.go: gcCheckPeriod, quarantineTime). */
  readonly podCollectMs: number
  readonly podQuarantineMs: number
}

/** What the recorded node needed. */
export const recordedTiming: Timing = {
  watchMs: { leastMs: 1, medianMs: 3, mostMs: 8 },
  apiCallMs: { leastMs: 1, medianMs: 3, mostMs: 8 },
  eventWriteMs: { leastMs: 4, medianMs: 9, mostMs: 26 },

  scheduleMs: { leastMs: 1, medianMs: 5, mostMs: 16 },
  controllerSyncMs: { leastMs: 3, medianMs: 8, mostMs: 25 },
  controllerWriteMs: { leastMs: 6, medianMs: 14, mostMs: 35 },
  namespaceSweepMs: { leastMs: 300, medianMs: 700, mostMs: 1_100 },

  statusWriteMs: { leastMs: 8, medianMs: 18, mostMs: 50 },
  volumesReadyMs: { leastMs: 302, medianMs: 306, mostMs: 330 },
  sandboxCreateMs: { leastMs: 160, medianMs: 240, mostMs: 500 },
  sandboxStopMs: { leastMs: 80, medianMs: 120, mostMs: 190 },
  imageCheckMs: { leastMs: 1, medianMs: 5, mostMs: 21 },
  containerCreateMs: { leastMs: 21, medianMs: 34, mostMs: 77 },
  containerStartMs: { leastMs: 88, medianMs: 125, mostMs: 270 },
  containerStartedMs: { leastMs: 2, medianMs: 5, mostMs: 12 },
  containerExitMs: { leastMs: 80, medianMs: 130, mostMs: 250 },
  onDemandRelistMs: { leastMs: 10, medianMs: 14, mostMs: 25 },
  execStartMs: { leastMs: 45, medianMs: 70, mostMs: 120 },
  execExitMs: { leastMs: 5, medianMs: 12, mostMs: 30 },
  signalMs: { leastMs: 2, medianMs: 8, mostMs: 20 },
  podCleanupMs: { leastMs: 40, medianMs: 150, mostMs: 310 },
  connectionMs: { leastMs: 0, medianMs: 1, mostMs: 2 },
  unreachableMs: 3_000,
  dnsAnswerMs: { leastMs: 1, medianMs: 2, mostMs: 6 },
  serviceUpdateMs: { leastMs: 30, medianMs: 60, mostMs: 110 },
  imagePullPresentMs: { leastMs: 14, medianMs: 30, mostMs: 124 },
  imagePullFailMs: { leastMs: 12, medianMs: 65, mostMs: 137 },

  plegRelistMs: 1_008,
  statusSyncMs: 10_000,
  workQueueTickMs: 1_000,
  housekeepingMs: 2_000,
  containerGarbageMs: 60_000,
  resyncMs: 60_000,
  resyncAfterErrorMs: 10_000,
  backOffInitialMs: 10_000,
  backOffMaxMs: 300_000,
  evictionMonitorMs: 10_000,
  nodeStatusUpdateMs: 10_000,
  nodeStatusReportMs: 300_000,
  leaseRenewMs: 10_000,

  nodeMonitorMs: 5_000,
  nodeMonitorGraceMs: 50_000,
  scheduleBackOffInitialMs: 1_000,
  scheduleBackOffMaxMs: 10_000,
  scheduleFlushMs: 300_000,
  controllerBackOffInitialMs: 5,
  controllerBackOffMaxMs: 1_000_000,
  namespaceDeletionDelayMs: 5_000,
  namespaceBackOffInitialMs: 5_000,
  namespaceBackOffMaxMs: 60_000,
  jobBackOffInitialMs: 10_000,
  jobBackOffMaxMs: 600_000,
  jobBatchMs: 1_000,
  eventTtlMs: 3_600_000,
  podCollectMs: 20_000,
  podQuarantineMs: 40_000,
}

/**
 * One instance of a latency, in whole milliseconds. The distribution is piecewise linear through the three quantiles
 * and ends at them: a tail that a loaded machine adds is not part of how Kubernetes behaves.
 */
export function draw(latency: Latency, random: Random): number {
  const { leastMs, medianMs, mostMs } = latency
  const quantile = random.next() * 2 - 1
  const reachMs = quantile < 0 ? medianMs - leastMs : mostMs - medianMs
  // The upper half is squared: most draws lie near the median, a few far above it, as measured.
  return Math.round(medianMs + reachMs * (quantile < 0 ? quantile : quantile * quantile))
}
