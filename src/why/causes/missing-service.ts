// A container asks DNS for a Service that does not exist, and waits for it.

import type { Cause } from '../cause.ts'
import { lastRun } from '../moment.ts'
import type { Moment } from '../moment.ts'
import { times } from '../wording.ts'

export const missingService: Cause = {
  name: 'missing-service',
  steps: ['initContainer'],
  find(moment, { container = '' }) {
    const names = unresolved(moment, container)
    const name = names.at(-1)
    if (name === undefined) return undefined
    const [service = name, namespace = moment.facts.record.history.facts.namespace] = name.split('.')
    const count = times(names.filter((other) => other === name).length)
    const where =
      namespace === moment.facts.record.history.facts.namespace ? '' : ` in namespace ${namespace}`
    return {
      because: `${container} waits for Service "${service}"${where}, which does not exist (asked ${count})`,
      next: `apply a Service "${service}"${where}, for example: kubectl create service clusterip ${service} --tcp=80`,
    }
  },
}

/** How resolvers say that a name does not exist; the first group is the name. */
const NOT_RESOLVED: readonly RegExp[] = [
  /can't resolve '([^']+)'/, // busybox nslookup up to 1.28
  /server can't find ([^\s:]+): NXDOMAIN/, // bind and later busybox
  /bad address '([^'/:]+)/, // busybox wget, ping, nc
  /Could not resolve host: (\S+)/, // curl
  /getaddrinfo (?:ENOTFOUND|EAI_AGAIN) (\S+)/, // node
  /lookup (\S+?) on \S+: no such host/, // Go
]

/** The names that a container asked in vain since it started, in order. Lines that merely repeat a name do not count. */
function unresolved({ facts, atMs, ...rest }: Moment, container: string): string[] {
  const sinceMs = lastRun({ facts, atMs, ...rest }, container)?.started.atMs ?? 0
  const { history, name: pod } = facts.record
  return history.log(pod, container).flatMap((line) => {
    // The log may be a little ahead of the event that reports the start.
    if (line.atMs > atMs || line.atMs < sinceMs - 1_000) return []
    const name = NOT_RESOLVED.map((pattern) => pattern.exec(line.text)?.[1]).find(
      (match) => match !== undefined,
    )
    return name === undefined ? [] : [name]
  })
}
