// A typed session: a shell that stays between the lines.

import { expect } from 'chai'
import { Terminal } from '../../../src/terminal/terminal.ts'
import type { TypedSession } from '../../../src/terminal/typed-session.ts'
import { VirtualClock } from '../../../src/time/virtual.ts'

describe('a typed session', () => {
  let clock: VirtualClock
  let terminal: Terminal
  let session: TypedSession

  beforeEach(() => {
    clock = new VirtualClock(Date.UTC(2026, 0, 1))
    const kubeConfig = '{"contexts":[]}'
    terminal = new Terminal({
      clock,
      kubectlFile: '/nonexistent/kubectl',
      kubeConfig,
      files: { '/root/a.txt': 'A\n' },
    })
    session = terminal.open()
  })

  afterEach(() => terminal.close())

  async function type(line: string) {
    const typed = session.type(line)
    const startedAtMs = clock.now()
    await clock.pass(typed.end, clock.now() + 3_600_000)
    const { output, exitCode } = typed
    return { output, exitCode, ms: clock.now() - startedAtMs }
  }

  it('shows what a line writes, its status and how long it took', async () => {
    expect(await type('echo hello')).to.deep.include({ output: 'hello\n', exitCode: 0 })
    expect(await type('sleep 20; echo done; false')).to.deep.include({ output: 'done\n', exitCode: 1 })
  })

  it('counts cluster time while a line runs', async () => {
    expect((await type('sleep 20')).ms).to.be.within(20_000, 20_010)
  })

  it('keeps variables and the status from line to line', async () => {
    await type('x=7')
    expect((await type('echo $x; (exit 3)')).output).to.equal('7\n')
    expect((await type('echo $?')).output).to.equal('3\n')
  })

  it('goes on while a command runs in the background', async () => {
    await type('(sleep 5; echo late > /tmp/late) &')
    expect((await type('cat /tmp/late')).exitCode).to.equal(1)
    await type('sleep 6')
    expect((await type('cat /tmp/late')).output).to.equal('late\n')
  })

  it('takes a here-document as one line', async () => {
    await type('cat > b.txt <<EOF\none\ntwo\nEOF')
    expect((await type('cat a.txt b.txt')).output).to.equal('A\none\ntwo\n')
  })

  it('ends with exit', async () => {
    expect((await type('exit 4')).exitCode).to.equal(4)
    expect(session.isOpen).to.equal(false)
  })

  it('refuses a line while the one before is not done', () => {
    session.type('sleep 5')
    expect(() => session.type('date')).to.throw('the line before is still being carried out')
  })
})
