// Whether a process of the host still has something to do with what it was told.

import { expect } from 'chai'
import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import type { AddressInfo, Server, Socket } from 'node:net'
import { canTellQuiet, processAt, quietness } from '../../../src/time/quiet.ts'

/** Connects, and computes for half a second whenever it is told something; then it says so. */
const CLIENT = `
const socket = require('node:net').connect(Number(process.argv[1]), '127.0.0.1')
socket.on('data', () => {
  for (const end = Date.now() + 500; Date.now() < end; );
  socket.write('done')
})
`

describe('a process of the host', function () {
  this.timeout(30_000)
  let server: Server
  let child: ChildProcess
  let socket: Socket
  let isQuiet: () => boolean
  const pid = () => child.pid ?? NaN
  const comesTrue = async (holds: () => boolean) => {
    while (!holds()) await new Promise((resolve) => setTimeout(resolve, 5))
  }

  before(async function () {
    if (!canTellQuiet) this.skip() // only Linux tells
    server = createServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
    child = spawn(process.execPath, ['-e', CLIENT, String((server.address() as AddressInfo).port)])
    ;[socket] = (await once(server, 'connection')) as [Socket]
    isQuiet = quietness(pid())
  })
  after(() => {
    child?.kill('SIGKILL')
    socket?.destroy()
    server?.close()
  })

  it('is found by its end of a connection', () => {
    const far = { address: socket.remoteAddress ?? '', port: socket.remotePort ?? 0 }
    const near = { address: socket.localAddress ?? '', port: socket.localPort ?? 0 }
    expect(processAt(far, near)).to.equal(pid())
    expect(processAt(near, far), 'from the other end').to.equal(process.pid)
    expect(processAt({ ...far, port: 1 }, near), 'of nobody').to.equal(undefined)
  })

  it('is busy from the moment when it was told something until it has answered', async () => {
    await comesTrue(() => isQuiet())
    const answered = once(socket, 'data')
    socket.write('compute')
    // Not once may it seem quiet before its answer is on the way to us, and then not before we have read it.
    let hasAnswered = false
    void answered.then(() => (hasAnswered = true))
    while (!hasAnswered) {
      expect(isQuiet()).to.equal(false)
      await new Promise((resolve) => setImmediate(resolve))
    }
    await comesTrue(() => isQuiet())
  })

  it('is quiet while it is stopped, and busy again with what it was told meanwhile', async () => {
    child.kill('SIGSTOP')
    socket.write('compute')
    await comesTrue(() => isQuiet())
    const answered = once(socket, 'data')
    child.kill('SIGCONT')
    await comesTrue(() => !isQuiet())
    await answered
  })

  it('is not quiet once it is gone: whoever waits for it hears of that', async () => {
    child.kill('SIGKILL')
    await once(child, 'exit')
    expect(isQuiet()).to.equal(false)
  })
})
