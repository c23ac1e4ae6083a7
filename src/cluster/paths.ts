// The paths of what a node answers through the API server, and of watches.

import type { ContainerTarget, LogOptions, WatchOptions } from './cluster.ts'

/** The path of a container's log, each line with its instant; from `sinceMs` on, in whole seconds, if it is given. */
export function logPath(
  target: ContainerTarget,
  { follow = false, previous = false }: LogOptions,
  sinceMs?: number,
): string {
  return withQuery(`${podPath(target)}/log`, {
    ...containerOf(target),
    ...(follow && { follow: 'true' }),
    ...(previous && { previous: 'true' }),
    ...(sinceMs !== undefined && { sinceTime: new Date(sinceMs).toISOString().replace(/\.\d+Z$/, 'Z') }),
    timestamps: 'true',
  })
}

/** The path of a command in a container. */
export function execPath(target: ContainerTarget, command: readonly string[], hasStdin: boolean): string {
  const streams = { ...(hasStdin && { stdin: 'true' }), stdout: 'true', stderr: 'true' }
  const query = new URLSearchParams([
    ...command.map((argument): [string, string] => ['command', argument]),
    ...Object.entries({ ...containerOf(target), ...streams }),
  ])
  return `${podPath(target)}/exec?${query.toString()}`
}

/** The path of a watch that goes on after `resourceVersion`, or begins with what exists. */
export function watchPath(path: string, options: WatchOptions, resourceVersion?: string): string {
  return withQuery(path, {
    ...selectors(options),
    watch: 'true',
    allowWatchBookmarks: 'true',
    ...(resourceVersion !== undefined && { resourceVersion }),
  })
}

/** The path of the collection that a watch is about. */
export function listPath(path: string, options: WatchOptions): string {
  return withQuery(path, selectors(options))
}

/** A path with its query; none where there is nothing to ask. */
export function withQuery(path: string, query: Readonly<Record<string, string>> = {}): string {
  const text = new URLSearchParams(query).toString()
  return text === '' ? path : `${path}?${text}`
}

function selectors({ labelSelector, fieldSelector }: WatchOptions): Record<string, string> {
  return {
    ...(labelSelector !== undefined && { labelSelector }),
    ...(fieldSelector !== undefined && { fieldSelector }),
  }
}

function podPath({ namespace, pod }: ContainerTarget): string {
  return `/api/v1/namespaces/${encodeURIComponent(namespace)}/pods/${encodeURIComponent(pod)}`
}

function containerOf({ container }: ContainerTarget): Record<string, string> {
  return container === undefined ? {} : { container }
}
