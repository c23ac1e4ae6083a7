// A shell into which somebody types: it stays between the commands.

import { expect } from 'chai'
import type { ShellSession } from '../../../src/terminal/shell-session.ts'
import { Terminal } from '../../../src/terminal/terminal.ts'
import { VirtualClock } from '../../../src/time/virtual.ts'

describe('a shell session', function () {
  this.timeout(30_000)

  let clock: VirtualClock
  let terminal: Terminal
  let session: ShellSession

  beforeEach(async () => {
    clock = new VirtualClock(Date.UTC(2026, 0, 1))
    terminal = new Terminal({
      clock,
      kubectlFile: '/nonexistent/kubectl',
      kubeConfig: '{"contexts":[]}',
      files: { '/root/a.txt': 'A\n' },
    })
    session = terminal.openShell()
    await clock.pass(session.ready, clock.now() + 1_000)
  })

  afterEach(() => terminal.close())

  async function type(source: string) {
    const typed = session.type(source)
    await clock.pass(typed.end, clock.now() + 3_600_000)
    return { lines: typed.lines.map(({ text }) => text), ms: (typed.endMs ?? NaN) - typed.atMs }
  }

  it('shows what a command writes, and how long it took in cluster time', async () => {
    expect((await type('echo hello; echo oops >&2; printf open')).lines).to.have.members([
      'hello',
      'oops',
      'open',
    ])
    expect((await type('sleep 20; echo done')).ms).to.be.within(20_000, 20_010)
  })

  it('tells fractions of seconds of cluster time, as a date of GNU does', async () => {
    await type('sleep 1.25')
    const { lines } = await type('date +%T.%3N; date +%N%%N')
    expect(lines[0]).to.match(/^00:00:01\.2[5-9]\d$/)
    expect(lines[1]).to.match(/^2[5-9]\d000000%N$/)
  })

  it('keeps variables, the folder and the status from command to command', async () => {
    await type('mkdir sub; cd sub; x=7')
    expect((await type('echo $x $PWD; (exit 3)')).lines).to.deep.equal(['7 /root/sub'])
    expect((await type('echo $?')).lines).to.deep.equal(['3'])
  })

  it('goes on while a command runs in the background', async () => {
    await type('(sleep 5; echo late > /tmp/late) &')
    expect((await type('test -f /tmp/late; echo $?')).lines).to.deep.equal(['1'])
    await type('sleep 6')
    expect((await type('cat /tmp/late')).lines).to.deep.equal(['late'])
  })

  it('takes a here-document and a loop as one command', async () => {
    await type('cat > b.txt <<EOF\none\ntwo\nEOF')
    expect((await type('for f in a b\ndo\ncat $f.txt\ndone')).lines).to.deep.equal(['A', 'one', 'two'])
  })

  it('interrupts a command, and is there for the next', async () => {
    const typed = session.type('sleep 1000')
    await clock.pass(typed.end, clock.now() + 5_000)
    session.interrupt()
    await clock.pass(typed.end, clock.now() + 5_000)
    expect((await type('echo $?')).lines).to.deep.equal(['130'])
  })

  it('ends with exit', async () => {
    await type('exit 4')
    expect(session.hasEnded).to.equal(true)
  })

  it('refuses a command while the one before runs', () => {
    session.type('sleep 5')
    expect(() => session.type('date')).to.throw('expected a prompt before "date", but a command still runs')
  })

  it('ends a command that prints without end, and keeps what it printed before', async () => {
    const typed = session.type('yes')
    await clock.pass(typed.end, clock.now() + 3_600_000)
    expect([typed.end.isSettled, typed.isCut, typed.lines[0]?.text]).to.deep.equal([true, true, 'y'])
    expect(session.hasEnded).to.equal(true)
  })

  it('has a bound for the files of its terminal', async () => {
    expect(
      (await type('dd if=/dev/zero of=/root/x bs=1M count=3000 2>&1 | grep -c "No space"')).lines,
    ).to.deep.equal(['1'])
  })
})
