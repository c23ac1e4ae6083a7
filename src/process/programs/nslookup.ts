// nslookup of busybox up to 1.28: one name, resolved by the C library.

import type { Bytes } from '../bytes.ts'
import type { Action } from '../effects.ts'
import { write } from '../io.ts'
import { addressesOf, nameOf, resolverConfig } from '../net/resolver.ts'
import type { Program } from '../program.ts'
import type { Task } from '../task.ts'

/** busybox/networking/nslookup.c:print_host of 1.28, texts as in recordings/seed-b-init-services.json. */
export const nslookup: Program = {
  name: 'nslookup',
  *run(task) {
    const [host, server, ...others] = task.argv.slice(1)
    if (host === undefined || host.startsWith('-') || others.length > 0) {
      yield* write(task, 2, 'Usage: nslookup [HOST] [SERVER]\n')
      return 1
    }
    yield* print(task, 'Server:', server ?? resolverConfig(task).servers[0] ?? '')
    yield* write(task, 1, '\n')
    return (yield* print(task, 'Name:', host)) ? 0 : 1
  },
}

function* print(task: Task, header: string, host: Bytes): Action<boolean> {
  const addresses = yield* addressesOf(task, host)
  if (addresses.length === 0) {
    yield* write(task, 2, `nslookup: can't resolve '${host}'\n`)
    return false
  }
  yield* write(task, 1, `${header.padEnd(10)} ${host}\n`)
  for (const [index, address] of addresses.entries()) {
    const name = yield* nameOf(task, address)
    yield* write(task, 1, `Address ${index + 1}: ${address}${name === undefined ? '' : ` ${name}`}\n`)
  }
  return true
}
