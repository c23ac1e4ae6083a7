// hostname: the name of the container's host.

import { encode } from '../bytes.ts'
import { write } from '../io.ts'
import { nameOf, addressesOf } from '../net/resolver.ts'
import { ProgramError } from '../program-error.ts'
import type { Program } from '../program.ts'
import { commandLine } from './options.ts'

export const hostname: Program = {
  name: 'hostname',
  *run(task) {
    const { has, operands } = commandLine(task, 'sifd')
    const own = encode(task.table.surroundings.hostname)
    if (operands.length > 0) throw new ProgramError('sethostname: Operation not permitted')
    if (has('s')) yield* write(task, 1, `${own.split('.')[0]}\n`)
    else if (has('i')) yield* write(task, 1, `${(yield* addressesOf(task, own)).join(' ')}\n`)
    else if (has('f') || has('d')) {
      const [address] = yield* addressesOf(task, own)
      const full = (address === undefined ? undefined : yield* nameOf(task, address)) ?? own
      yield* write(task, 1, `${has('d') ? full.split('.').slice(1).join('.') : full}\n`)
    } else yield* write(task, 1, `${own}\n`)
    return 0
  },
}
