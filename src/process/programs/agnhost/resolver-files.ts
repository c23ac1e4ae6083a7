// agnhost etc-hosts, dns-suffix and dns-server-list: what a container's name resolution is made of.

import { write } from '../../io.ts'
import { resolverConfig } from '../../net/resolver.ts'
import type { Subcommand } from './subcommand.ts'

export const etcHosts: Subcommand = function* (task) {
  yield* write(task, 1, task.files.read('/etc/hosts'))
  return 0
}

export const dnsSuffix: Subcommand = function* (task) {
  yield* write(task, 1, `${resolverConfig(task).search.join(',')}\n`)
  return 0
}

export const dnsServerList: Subcommand = function* (task) {
  yield* write(task, 1, `${resolverConfig(task).servers.join(',')}\n`)
  return 0
}
