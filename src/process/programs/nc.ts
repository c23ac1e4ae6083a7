// nc: bytes between standard input, a connection and standard output.

import type { Connection } from '../connection.ts'
import type { Action } from '../effects.ts'
import { write } from '../io.ts'
import { addressesOf } from '../net/resolver.ts'
import { connect, ListeningSocket } from '../net/sockets.ts'
import { ProgramError } from '../program-error.ts'
import type { Program } from '../program.ts'
import { SystemError } from '../system-error.ts'
import type { Task } from '../task.ts'
import { commandLine } from './options.ts'

const DEFAULT_TIMEOUT_SECONDS = 127

export const nc: Program = {
  name: 'nc',
  *run(task) {
    const { has, value, operands } = commandLine(task, 'lp:w:zvnuke:i:')
    if (has('u')) throw new ProgramError('datagrams are not supported')
    if (has('l')) {
      do yield* converse(task, yield* accept(task, Number(value('p') ?? operands[operands.length - 1])))
      while (has('k'))
      return 0
    }
    const [host, port] = operands
    if (host === undefined || port === undefined) throw new ProgramError('missing operand')
    const [address] = yield* addressesOf(task, host)
    if (address === undefined) throw new ProgramError(`bad address '${host}'`)
    try {
      const connection = yield* connect(
        task,
        { address, port: Number(port) },
        Number(value('w') ?? DEFAULT_TIMEOUT_SECONDS) * 1000,
      )
      if (has('v')) yield* write(task, 2, `${host} (${address}:${port}) open\n`)
      if (has('z')) connection.close()
      else yield* converse(task, connection)
      return 0
    } catch (error) {
      if (!(error instanceof SystemError)) throw error
      if (has('z') && !has('v')) return 1
      throw new ProgramError(`can't connect to remote host (${address}): ${error.text}`)
    }
  },
}

function* accept(task: Task, port: number): Action<Connection> {
  const socket = new ListeningSocket(task, { address: '0.0.0.0', port })
  for (;;) {
    const connection = socket.accept()
    if (connection) {
      socket.close()
      return connection
    }
    yield { effect: 'wait', queues: [socket.arrived] }
  }
}

/** Copies both ways until the peer has ended. */
function* converse(task: Task, connection: Connection): Action<void> {
  const stdin = task.descriptors.stream(0)
  let hasInput = true
  for (;;) {
    const received = connection.incoming.read(Infinity)
    if (received === '') break
    if (received !== undefined) yield* write(task, 1, received)
    const typed = hasInput ? stdin.read(65_536) : undefined
    if (typed === '') hasInput = false
    else if (typed !== undefined) connection.write(typed)
    if (received !== undefined || typed) continue
    const inputs = hasInput && stdin.readable ? [stdin.readable] : []
    yield { effect: 'wait', queues: [connection.incoming.readable, ...inputs] }
  }
  connection.close()
}
