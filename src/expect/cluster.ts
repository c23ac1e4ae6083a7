// `cluster` in a spec: what a test does to its cluster.

import type { KubeObject } from '../cluster/cluster.ts'
import type { History } from '../history/history.ts'
import { podOf } from '../history/rows.ts'
import { apply } from './actions/apply.ts'
import type { Manifest } from './actions/apply.ts'
import { deleteObject } from './actions/delete.ts'
import type { DeleteOptions } from './actions/delete.ts'
import { exec } from './actions/exec.ts'
import type { ExecActionOptions, ExecOutput } from './actions/exec.ts'
import { killSandbox, removeExited, startKubelet, stopKubelet } from './actions/node.ts'
import { pass } from './actions/pass.ts'
import { patch } from './actions/patch.ts'
import type { PatchOptions } from './actions/patch.ts'
import { currentSession } from './current.ts'

/** The cluster of the running test, and what can be done to it. */
export const cluster = {
  /** `simulator`, `k3s`, `kubeconfig:<context>`. */
  get name(): string {
    return currentSession().cluster.name
  },

  /** The namespace of the test, which manifests call `default`. */
  get namespace(): string {
    return currentSession().namespace
  },

  /** Everything that the cluster has shown in this test. */
  get history(): History {
    return currentSession().history
  },

  /** Whether claims about the containers of a node can be judged. */
  get showsNodes(): boolean {
    return currentSession().cluster.node !== undefined
  },

  /** Whether podproof can do things on the nodes: stop a kubelet, kill a sandbox, remove containers. */
  get controlsNodes(): boolean {
    return currentSession().cluster.node?.stopKubelet !== undefined
  },

  /** The node on which a Pod of this test is. Throws an Error before it was scheduled. */
  nodeOf(pod: string): string {
    const last = currentSession().history.timeline('Pod', pod)?.last
    const name = last && podOf(last)?.spec?.nodeName
    if (name === undefined) throw new Error(`pod "${pod}" is on no node yet`)
    return name
  },

  /** Cluster time, in milliseconds since the Unix epoch. */
  now(): number {
    return currentSession().cluster.clock.now()
  },

  /** Creates what manifests (paths, texts, objects) describe, all of it or nothing. */
  apply(manifest: Manifest): Promise<readonly KubeObject[]> {
    return apply(currentSession(), manifest)
  },

  /** Asks for the deletion of an object, `pod/x`. */
  delete(reference: string, options?: DeleteOptions): Promise<void> {
    return deleteObject(currentSession(), reference, options)
  },

  /** Runs a command in a container of a Pod, `pod/x`, and waits for its end. */
  exec(reference: string, command: readonly string[], options?: ExecActionOptions): Promise<ExecOutput> {
    return exec(currentSession(), reference, command, options)
  },

  /** Changes an object, `pod/x`. */
  patch(reference: string, change: unknown, options?: PatchOptions): Promise<KubeObject> {
    return patch(currentSession(), reference, change, options)
  },

  /** Stops the kubelet of a node: its containers go on, nobody looks after them. */
  stopKubelet(node: string): Promise<void> {
    return stopKubelet(currentSession(), node)
  },

  startKubelet(node: string): Promise<void> {
    return startKubelet(currentSession(), node)
  },

  /** Kills the sandbox of a Pod, `pod/x`, behind the kubelet's back. */
  killSandbox(reference: string): Promise<void> {
    return killSandbox(currentSession(), reference)
  },

  /** Removes from the node the instances of a container that have exited. */
  removeExited(reference: string, container: string): Promise<void> {
    return removeExited(currentSession(), reference, container)
  },

  /** Lets cluster time go by. */
  pass(duration: string): Promise<void> {
    return pass(currentSession(), duration)
  },
}
