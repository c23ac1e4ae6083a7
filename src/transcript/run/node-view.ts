// Prints what a node knows of its containers the way `docker ps` and `crictl ps` do.

import type { NodeContainer } from '../../cluster/cluster.ts'

/** The lines of `docker ps` (`-a`: of those that have ended too), newest first. */
export function dockerPs(containers: readonly NodeContainer[], all: boolean, nowMs: number): string[] {
  const header = ['CONTAINER ID', 'IMAGE', 'COMMAND', 'CREATED', 'STATUS', 'PORTS', 'NAMES']
  const rows = shown(containers, all).map((container) => [
    (container.id ?? '').slice(0, 12),
    container.image,
    quotedCommand(container.command ?? []),
    `${dockerDuration(nowMs - container.createdAtMs)} ago`,
    dockerStatus(container, nowMs),
    '',
    container.name,
  ])
  return table([header, ...rows])
}

/** The lines of `crictl ps`; sandboxes are no containers to it. */
export function crictlPs(containers: readonly NodeContainer[], all: boolean, nowMs: number): string[] {
  const header = ['CONTAINER', 'IMAGE', 'CREATED', 'STATE', 'NAME', 'ATTEMPT', 'POD ID', 'POD']
  const rows = shown(containers, all).flatMap((container) => {
    const [, name = '', pod = '', , , attempt = ''] = container.name.split('_')
    if (name === 'POD') return []
    const sandbox = containers.find((other) => other.name.startsWith(`k8s_POD_${pod}_`))
    const state = { created: 'Created', exited: 'Exited', running: 'Running' }[container.state]
    const created = `${dockerDuration(nowMs - container.createdAtMs)} ago`
    return [
      [
        (container.id ?? '').slice(0, 13),
        container.image,
        created,
        state,
        name,
        attempt,
        sandbox?.id?.slice(0, 13) ?? '',
        pod,
      ],
    ]
  })
  return table([header, ...rows])
}

function shown(containers: readonly NodeContainer[], all: boolean): NodeContainer[] {
  return containers.filter(({ state }) => all || state === 'running')
}

/** Arguments of several words stand in quotes (moby daemon/list.go: newContainer). */
function quotedCommand(command: readonly string[]): string {
  const text = command.map((word) => (/\s/.test(word) ? `'${word}'` : word)).join(' ')
  // docker/cli cli/command/formatter/container.go: Command() cuts at 20 runes.
  return `"${text.length > 20 ? `${text.slice(0, 19)}…` : text}"`
}

function dockerStatus({ state, exitCode, startedAtMs, finishedAtMs }: NodeContainer, nowMs: number): string {
  if (state === 'created') return 'Created'
  if (state === 'running') return `Up ${dockerDuration(nowMs - (startedAtMs ?? nowMs))}`
  return `Exited (${exitCode ?? 0}) ${dockerDuration(nowMs - (finishedAtMs ?? nowMs))} ago`
}

/** As docker tells spans of time (docker/go-units duration.go: HumanDuration). */
export function dockerDuration(ms: number): string {
  const seconds = Math.floor(ms / 1_000)
  const minutes = Math.floor(seconds / 60)
  const hours = Math.round(minutes / 60)
  if (seconds < 1) return 'Less than a second'
  if (seconds === 1) return '1 second'
  if (seconds < 60) return `${seconds} seconds`
  if (minutes === 1) return 'About a minute'
  if (minutes < 60) return `${minutes} minutes`
  if (hours === 1) return 'About an hour'
  if (hours < 48) return `${hours} hours`
  if (hours < 24 * 7 * 2) return `${Math.floor(hours / 24)} days`
  if (hours < 24 * 30 * 2) return `${Math.floor(hours / 24 / 7)} weeks`
  if (hours < 24 * 365 * 2) return `${Math.floor(hours / 24 / 30)} months`
  return `${Math.floor(hours / 24 / 365)} years`
}

function table(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? '').length)),
  )
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd((widths[column] ?? 0) + 3))
      .join('')
      .trimEnd(),
  )
}
