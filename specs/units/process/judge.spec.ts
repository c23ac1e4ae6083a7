// The shell and its programs against the real busybox of this machine, script by script.

import { expect } from 'chai'
import { hasBusybox, judge } from './support/busybox.ts'
import { runScript } from './support/container.ts'
import { scripts } from './support/scripts.ts'

describe('A script prints what it prints in busybox, and ends as it does there', function () {
  // The judge's sleeps are real.
  this.timeout(60_000)

  before(function () {
    if (!hasBusybox()) this.skip() // needs busybox on PATH (apt-get install busybox)
  })

  for (const [subject, list] of Object.entries(scripts)) {
    it(`about ${subject}`, () => {
      const own = list.map((script) => {
        const { stdout, code } = runScript(script)
        return { script, stdout, code }
      })
      const verdicts = judge(list).map((verdict, index) => ({ script: list[index], ...verdict }))
      expect(own).to.deep.equal(verdicts)
    })
  }
})
