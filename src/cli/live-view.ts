// What a simulated cluster does, on a terminal, while it does it: its Pods, its time, and what its time waits for.

import type { Cluster, KubeObject, Streaming } from '../cluster/cluster.ts'
import { POD_COLUMNS, podRow } from '../pod/row.ts'
import type { ClientClock, ClockState } from '../time/client-clock.ts'
import { hostWall } from '../time/host.ts'

const FRAME_MS = 250
/** NAMESPACE and the five columns of `kubectl get pods`. */
const COLUMNS = ['Namespace', ...POD_COLUMNS.slice(0, 5)]

/** Where the view is drawn. */
export interface Screen {
  readonly columns?: number
  readonly rows?: number
  write(text: string): void
}

/** Draws itself anew four times a second, where something has changed, until closed. */
export class LiveView {
  #clock: ClientClock
  #screen: Screen
  #pods = new Map<string, KubeObject>()
  #watch: Streaming
  #cancelFrame: () => void
  #lastFrame = ''

  constructor(cluster: Cluster, clock: ClientClock, screen: Screen) {
    this.#clock = clock
    this.#screen = screen
    this.#watch = cluster.watch('/api/v1/pods', {}, ({ type, object }) => {
      const key = `${object.metadata.namespace}/${object.metadata.name}`
      if (type === 'DELETED') this.#pods.delete(key)
      else if (type !== 'GAP') this.#pods.set(key, object)
    })
    this.#cancelFrame = hostWall.after(FRAME_MS, () => this.#frame())
  }

  close(): void {
    this.#cancelFrame()
    this.#watch.stop()
    this.#screen.write('\n')
  }

  #frame(): void {
    this.#cancelFrame = hostWall.after(FRAME_MS, () => this.#frame())
    const state = this.#clock.state()
    const frame = [clockLine(state), ...table(this.#rows(state.nowMs))].slice(
      0,
      (this.#screen.rows ?? 24) - 1,
    )
    const text = frame.map((line) => line.slice(0, this.#screen.columns ?? 80)).join('\n')
    if (text === this.#lastFrame) return
    const linesUp = this.#lastFrame === '' ? 0 : this.#lastFrame.split('\n').length - 1
    // Back to the first line of the last frame, and everything below it away.
    this.#screen.write(`${linesUp > 0 ? `\x1b[${linesUp}A` : ''}\r\x1b[J${text}`)
    this.#lastFrame = text
  }

  #rows(nowMs: number): string[][] {
    return [...this.#pods.values()].map((pod) => [
      pod.metadata.namespace ?? '',
      ...podRow(pod, nowMs).slice(0, 5),
    ])
  }
}

function clockLine({ nowMs, motion, speed, because }: ClockState): string {
  const time = new Date(nowMs).toISOString().replace(/\.\d+Z$/, 'Z')
  const how = motion === 'walks' ? (speed === 1 ? '' : ` (${speed}x)`) : ` (${motion}: ${because.join('; ')})`
  return `${time}${how}`
}

function table(rows: readonly string[][]): string[] {
  const lines = [COLUMNS.map((column) => column.toUpperCase()), ...rows]
  const widths = COLUMNS.map((_, index) => Math.max(...lines.map((line) => line[index]?.length ?? 0)))
  return lines.map((line) =>
    line
      .map((cell, index) => cell.padEnd(widths[index] ?? 0))
      .join('   ')
      .trimEnd(),
  )
}
