// Signals, PID 1, orphans and the ends of processes.

import { expect } from 'chai'
import { Container, runScript } from './support/container.ts'

describe('PID 1', () => {
  for (const signal of ['TERM', 'INT', 'HUP', 'QUIT', 'SEGV', 'USR1'] as const) {
    it(`ignores ${signal} without a handler`, () => {
      const container = new Container()
      const process = container.start(['sleep', '3600'])
      container.table.signal(1, signal)
      container.pass(1)
      expect(process.exit).to.equal(undefined)
    })
  }

  it('ignores even its own SEGV and KILL', () => {
    expect(runScript('kill -SEGV $$; kill -9 $$; echo alive').stdout).to.equal('alive\n')
  })

  it('is killed by KILL from outside, with exit code 137', () => {
    const container = new Container()
    const process = container.start(['sleep', '3600'])
    container.pass(2)
    container.table.signal(1, 'KILL')
    container.pass(0)
    expect(process.exit).to.include({ code: 137, signal: 'KILL', isOutOfMemory: false })
  })

  it('takes all other processes with it', () => {
    const container = new Container()
    container.start(['sh', '-c', 'sleep 3600 & sleep 3600 & sleep 5; exit 4'])
    const exec = container.start(['sleep', '100'])
    container.pass(6)
    expect(exec.exit).to.include({ code: 137, signal: 'KILL' })
    expect(container.table.processes).to.deep.equal([])
  })

  it('adopts orphans', () => {
    const container = new Container()
    container.start([
      'sh',
      '-c',
      '(sleep 100 & echo started); ps -o pid,ppid,args | grep "sleep 100" | grep -v grep; sleep 9',
    ])
    container.pass(1)
    expect(container.stdout).to.match(/^started\n +\d+ +1 sleep 100\n$/)
  })
})

describe('A signal with a trap', () => {
  it('waits for the command in the foreground, then the script goes on', () => {
    const container = new Container()
    container.start([
      'sh',
      '-c',
      'trap "echo TERM; sleep 3; echo bye; exit 0" TERM; while true; do sleep 0.2; done',
    ])
    container.pass(1.1)
    container.table.signal(1, 'TERM')
    container.pass(10)
    expect(container.log).to.have.lengthOf(2)
    expect(container.log[0]).to.match(/^\+1\.2\d*s stdout TERM$/)
    expect(container.log[1]).to.match(/^\+4\.2\d*s stdout bye$/)
  })

  it('ends wait at once, which answers 128 + n', () => {
    const container = new Container()
    container.start(['sh', '-c', 'trap "echo trapped" USR1; sleep 50 & wait $!; echo $?; wait $!; echo $?'])
    container.pass(1)
    container.table.signal(1, 'USR1')
    container.pass(100)
    expect(container.stdout).to.equal('trapped\n138\n0\n')
  })

  it('reaches a shell that replaced itself as the program it has become', () => {
    const container = new Container()
    const exec = container.start(['sleep', '3600'])
    const process = container.start(['sh', '-c', 'trap "echo no" TERM; exec sleep 100'])
    container.pass(1)
    container.table.signal(process.pid, 'TERM')
    container.pass(1)
    expect(process.exit).to.include({ code: 143, signal: 'TERM' })
    expect(exec.exit).to.equal(undefined)
  })

  it('is inherited as ignored, and not as a trap', () => {
    const { stdout } = runScript(
      `trap '' USR1; trap 'echo t' USR2; sh -c 'kill -USR1 $$; echo a; kill -USR2 $$; echo b'; echo $?`,
    )
    expect(stdout).to.equal('a\n140\n')
  })
})

describe('A container', () => {
  it('ends with the code of its first process, at the instant of its end', () => {
    const container = new Container()
    const process = container.start(['sh', '-c', 'sleep 2.5; exit 42'])
    const ends: number[] = []
    process.onExit(({ code, atMs }) => ends.push(code, atMs - container.clock.now()))
    container.pass(2)
    expect(ends).to.deep.equal([])
    container.pass(1)
    expect(ends[0]).to.equal(42)
  })

  it('that takes too much memory is killed as a whole, and says so', async () => {
    const { MemoryGroup } = await import('../../../src/process/memory.ts')
    const container = new Container({ memory: new MemoryGroup(16 * 1024 * 1024) })
    const process = container.start(['sh', '-c', 'x=a; while true; do x=$x$x; done'])
    container.pass(10)
    expect(process.exit).to.include({ code: 137, signal: 'KILL', isOutOfMemory: true })
  })

  it('that only loops cannot stop the clock', function () {
    this.timeout(30_000)
    const container = new Container()
    const process = container.start(['sh', '-c', 'while :; do :; done'])
    container.pass(30)
    container.table.signal(1, 'KILL')
    container.pass(0)
    expect(process.exit).to.include({ code: 137 })
  })

  it('whose processes only wake each other cannot stop the clock', () => {
    const container = new Container()
    container.start(['sh', '-c', 'yes | cat > /dev/null'])
    container.pass(5)
    expect(container.table.processes.length).to.be.greaterThan(1)
  })

  it('runs sh -c in a shell of its own, and bash -c with one command as that command', () => {
    const tree = (shell: string) => {
      const container = new Container()
      container.start([shell, '-c', 'sleep 100'])
      container.pass(1)
      return container.table.tasks.map((task) => task.argv.join(' '))
    }
    expect(tree('sh')).to.deep.equal(['sh -c sleep 100', 'sleep 100'])
    expect(tree('bash')).to.deep.equal(['sleep 100'])
  })
})
