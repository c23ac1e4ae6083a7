// A cluster as the stage of a replay: its clock, real terminals, and what its nodes know.

import type { Cluster } from '../../cluster/cluster.ts'
import type { History } from '../../history/history.ts'
import { Latch } from '../../time/latch.ts'
import type { CommandStep } from '../page.ts'
import { anchorMs } from './anchors.ts'
import { answerOfNode } from './node-answer.ts'
import type { NodeView, Shell, Stage } from './stage.ts'
import type { PageTerminals } from './terminals.ts'

export interface ClusterStageOptions {
  readonly cluster: Cluster
  readonly history: History
  readonly terminals: PageTerminals
  /** Settles when the page has used up its time on the wall. */
  readonly over: Latch
}

export class ClusterStage implements Stage {
  #options: ClusterStageOptions

  constructor(options: ClusterStageOptions) {
    this.#options = options
  }

  get name(): string {
    return this.#options.cluster.name
  }

  get isOver(): boolean {
    return this.#options.over.isSettled
  }

  now(): number {
    return this.#options.cluster.clock.now()
  }

  async pass(until: Latch, deadlineMs: number): Promise<boolean> {
    const { cluster, over } = this.#options
    const either = new Latch()
    const stops = [until, over].map((latch) => latch.onSettle(() => either.settle()))
    await cluster.clock.pass(either, deadlineMs)
    for (const stop of stops) stop()
    return until.isSettled
  }

  writeFile(path: string, text: string): void {
    this.#options.terminals.writeFile(path, text)
  }

  shell(terminal: string): Promise<Shell> {
    return this.#options.terminals.named(terminal)
  }

  askNode(view: NodeView, step: CommandStep): Promise<readonly string[] | undefined> {
    return answerOfNode(view, step, this.#options)
  }

  async errorTexts(): Promise<readonly string[]> {
    const { cluster, history } = this.#options
    const texts: string[] = []
    for (const { pod, container } of cluster.node?.log ? history.loggedContainers() : []) {
      const lines = (await cluster.node?.log?.(history.facts.namespace, pod, container)) ?? []
      texts.push(...lines.filter(({ stream }) => stream === 'stderr').map(({ text }) => text))
    }
    return texts
  }

  anchorMs(name: string): number | undefined {
    return anchorMs(this.#options.history, name)
  }
}
