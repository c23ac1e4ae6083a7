// The public door of podproof: what a spec and a program may use.

export type {
  Cluster,
  ClusterResponse,
  ContainerTarget,
  ExecOptions,
  Execution,
  KubeObject,
  LogOptions,
  LogText,
  Method,
  NodeAccess,
  NodeContainer,
  ObjectMeta,
  RequestOptions,
  Status,
  Streaming,
  WatchEvent,
  WatchOptions,
} from './cluster/cluster.ts'
export { kubeconfigCluster } from './cluster/kubeconfig.ts'
export type { KubeconfigOptions } from './cluster/load-kubeconfig.ts'
export { ManifestError } from './cluster/manifest.ts'
export type { ManifestObject } from './cluster/manifest.ts'
export { simulatorCluster } from './cluster/simulator.ts'
export { StatusError } from './cluster/status-error.ts'
export type { Manifest } from './expect/actions/apply.ts'
export type { DeleteOptions } from './expect/actions/delete.ts'
export type { ExecActionOptions, ExecOutput } from './expect/actions/exec.ts'
export type { PatchOptions } from './expect/actions/patch.ts'
export type { ClaimRecord, ClaimedDuration, ObjectReference } from './expect/claim-record.ts'
export { UnfinishedSentences, closeSession } from './expect/close-session.ts'
export { cluster } from './expect/cluster.ts'
export { currentSession, enterSession } from './expect/current.ts'
export { expectApply } from './expect/expect-apply.ts'
export type { ApplyClaims } from './expect/expect-apply.ts'
export { expectNode } from './expect/expect-node.ts'
export type { NodeClaims } from './expect/expect-node.ts'
export { expectObject } from './expect/expect-object.ts'
export type { ObjectClaims } from './expect/expect-object.ts'
export { expectPod } from './expect/expect-pod.ts'
export type { ContainerClaims, PodClaims } from './expect/expect-pod.ts'
export { expectService } from './expect/expect-service.ts'
export type { ServiceClaims } from './expect/expect-service.ts'
export { ClaimFailure } from './expect/failure.ts'
export type { FailureFacts, TimelineLine } from './expect/failure.ts'
export { openSession } from './expect/open-session.ts'
export type { SessionOptions } from './expect/open-session.ts'
export type { Claim } from './expect/sentence.ts'
export type { Session } from './expect/session.ts'
export type { CommandRun, Entry, Gap, LogLine, ObjectChange } from './history/entry.ts'
export type { History, HistoryFacts } from './history/history.ts'
export { readRecording } from './history/recording.ts'
export type { Recording } from './history/recording.ts'
export { writeRecording } from './history/write-recording.ts'
export type { Timeline } from './history/timeline.ts'
export { defineConfig } from './mocha/config.ts'
export type { PodproofConfig } from './mocha/config.ts'
export { skipBecause } from './mocha/skip-because.ts'
export type { RunReport } from './report/run-report.ts'
export type { StepName } from './why/step.ts'
