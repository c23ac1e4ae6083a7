// A scenario: a manifest, steps that people take, and when to stop. The input of a recording.

/** What is run, in the shape of a recording's `scenario` part. */
export interface Scenario {
  /** Names the recording's file and, with `t-` before it, its namespace. */
  readonly name: string
  readonly description: string
  /** YAML, sent with `kubectl create -f -` before the first step. */
  readonly manifest: string
  readonly steps: readonly Step[]
  /** The recording ends when this holds and every step in the foreground is done; after `maxSeconds` if left out. */
  readonly until: Condition | undefined
  /** How long it goes on after that. */
  readonly tailSeconds: number
  /** When it ends in any case, before the tail. */
  readonly maxSeconds: number
}

/** Something that somebody does. */
export interface Step {
  /** Waits for this first; at once if left out. */
  readonly when: Condition | undefined
  /** Then waits this long. */
  readonly delaySeconds: number
  readonly action: Action
  /** Whether the next step comes without waiting for this one's end. */
  readonly background: boolean
}

export type Action =
  | { readonly is: 'kubectl'; readonly argv: readonly string[]; readonly stdin?: string }
  | { readonly is: 'shell'; readonly line: string; readonly stdin?: string }
  | { readonly is: 'node'; readonly what: NodeAction; readonly pod?: string; readonly seconds: number }

/** What can be done to a node. */
export const NODE_ACTIONS = ['kill-sandbox', 'restart-kubelet', 'start-kubelet', 'stop-kubelet'] as const

/** Something done to the node: `restart-kubelet` keeps it stopped for `seconds`. */
export type NodeAction = (typeof NODE_ACTIONS)[number]

/** What a Pod's row shows, or an instant. All that is given has to hold at once. */
export interface Condition {
  /** The Pod by name; the only or first one if left out. */
  readonly pod?: string
  /** Words of STATUS, separated by `|`. */
  readonly status?: string
  /** `1/1` */
  readonly ready?: string
  /** So many restarts or more. */
  readonly restarts?: number
  /** The Pod of this name has existed, and is no more. */
  readonly gone?: string
  /** Seconds after the beginning. */
  readonly t?: number
  /** Goes on after so many seconds even if it does not hold. */
  readonly timeout?: number
}
