// Ctrl-C at any moment: no process, no half-written file, and an exit code that says so.

import { expect } from 'chai'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import { projectOf, specOf } from './fixtures.ts'
import { printed, startPodproof } from './run.ts'

/** What is awaited before the signal is sent. */
type Moment = (child: ChildProcess) => Promise<unknown>

const inSecondTest: Moment = (child) => printed(child, '✔ waits')

describe('an interrupted podproof test', function () {
  this.timeout(180_000)

  const moments: readonly (readonly [NodeJS.Signals, string, Moment])[] = [
    ['SIGINT', 'while it starts', () => wait(100)],
    ['SIGINT', 'while it loads its specs', () => wait(500)],
    ['SIGINT', 'while time is passing in a test, after another has ended', inSecondTest],
    ['SIGTERM', 'while time is passing in a test, after another has ended', inSecondTest],
  ]
  for (const [signal, title, moment] of moments) {
    it(`${signal} ${title}: it ends at once and leaves no file`, async () => {
      const project = projectOf({
        'a.spec.ts': specOf("expectPod('p').toShowStatus('Pending')"),
        'b.spec.ts': specOf("cluster.pass('1000000h')"),
      })
      try {
        const child = startPodproof(['test', 'a.spec.ts', 'b.spec.ts'], { cwd: project.folder })
        const ended = once(child, 'exit')
        await moment(child)
        child.kill(signal)
        const [code, by] = (await ended) as [number | null, string | null]
        // Before there is anything to clear up the signal does what it always does.
        expect(by ?? code).to.be.oneOf([signal, signal === 'SIGINT' ? 130 : 143])
        expect(readdirSync(project.folder)).to.deep.equal(['a.spec.ts', 'b.spec.ts', 'package.json'])
      } finally {
        project.remove()
      }
    })
  }
})
