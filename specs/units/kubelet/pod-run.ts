// A pod on a simulated node, and what happens to it, for specs of the kubelet.

import type { Pod, PodSpec } from '../../../src/pod/json.ts'
import { podRow } from '../../../src/pod/row.ts'
import type { Simulator } from '../../../src/simulator/simulator.ts'
import { simulator } from '../../../src/simulator/simulator.ts'
import { configMap } from '../../../src/simulator/kinds/config-map.ts'
import { pod as podKind } from '../../../src/simulator/kinds/pod/pod.ts'
import { Latch } from '../../../src/time/latch.ts'

/** A cluster of one node with one pod `p` of the namespace `default`. Times are seconds after its creation. */
export class PodRun {
  readonly cluster: Simulator
  readonly #beganMs: number
  readonly #rows: { readonly text: string; readonly atMs: number }[] = []
  readonly #events: { readonly text: string; readonly atMs: number }[] = []
  readonly #statuses: Pod[] = []

  constructor(spec: PodSpec, options: { readonly seed?: string } = {}) {
    this.cluster = simulator({ seed: options.seed ?? 'kubelet' })
    const { clock, store, registry } = this.cluster
    this.#beganMs = clock.now()
    store.subscribe('pods', ({ type, object }) => {
      const pod = object as Pod
      const [, ready = '', status = '', restarts = ''] = podRow(pod, clock.now()).map(String)
      const text = type === 'DELETED' ? 'deleted' : `${ready} ${status} ${restarts.split(' ')[0]}`
      this.#statuses.push(pod)
      if (this.#rows.at(-1)?.text !== text) this.#rows.push({ text, atMs: clock.now() })
    })
    store.subscribe('events', ({ object }) => {
      const { reason, message } = object as unknown as { reason: string; message: string }
      this.#events.push({ text: `${reason} ${message}`, atMs: clock.now() })
    })
    registry.create(podKind, {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { namespace: 'default', name: 'p' },
      spec,
    })
  }

  /** Lets time go by until so many seconds after the creation. */
  async until(seconds: number): Promise<this> {
    await this.cluster.clock.pass(new Latch(), this.#beganMs + seconds * 1_000)
    return this
  }

  delete(gracePeriodSeconds?: number): void {
    const options = gracePeriodSeconds === undefined ? {} : { gracePeriodSeconds }
    this.cluster.registry.delete(podKind, { namespace: 'default', name: 'p' }, options)
  }

  createConfigMap(name: string, data: Readonly<Record<string, string>>): void {
    const metadata = { namespace: 'default', name }
    this.cluster.registry.create(configMap, { apiVersion: 'v1', kind: 'ConfigMap', metadata, data })
  }

  /** READY, STATUS and RESTARTS, each change once. */
  get rows(): readonly string[] {
    return this.#rows.map(({ text }) => text)
  }

  /** The second at which a row first stood there. */
  second(row: string): number {
    const found = this.#rows.find(({ text }) => text === row)
    return found ? (found.atMs - this.#beganMs) / 1_000 : NaN
  }

  /** `reason message` of the events that match, oldest first. */
  events(pattern: RegExp): readonly string[] {
    return this.#events.map(({ text }) => text).filter((text) => pattern.test(text))
  }

  /** The seconds at which such events were told. */
  eventSeconds(pattern: RegExp): readonly number[] {
    return this.#events
      .filter(({ text }) => pattern.test(text))
      .map(({ atMs }) => (atMs - this.#beganMs) / 1_000)
  }

  /** The pod as it was last. */
  get pod(): Pod {
    return this.#statuses.at(-1) ?? {}
  }

  /** What a container wrote, line by line. */
  logs(container: string): string {
    const { node } = this
    let text = ''
    const options = { follow: false, previous: false, timestamps: false }
    node.streams.logs(this.pod, container, options).open({
      write: (chunk) => (text += Buffer.from(chunk).toString('utf8')),
      end: () => {},
    })
    return text
  }

  /** The only node. */
  get node() {
    const [node] = this.cluster.nodes.values()
    if (!node) throw new Error('the cluster has no node')
    return node
  }
}

/** A pod with one container `main` that runs a script in busybox. */
export function script(text: string, more: Partial<PodSpec['containers'][number]> = {}): PodSpec {
  return { containers: [{ name: 'main', image: 'busybox:1.28', command: ['sh', '-c', text], ...more }] }
}
