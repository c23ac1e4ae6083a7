// The shell and its programs against the real busybox of this machine, script by script.

import { expect } from 'chai'
import { hasBusybox, runInBusybox } from './support/busybox.ts'
import { runScript } from './support/container.ts'
import { scripts } from './support/scripts.ts'

describe('A script prints what it prints in busybox, and ends as it does there', function () {
  before(function () {
    if (!hasBusybox()) this.skip() // needs busybox on PATH (apt-get install busybox)
  })

  for (const [subject, list] of Object.entries(scripts)) {
    it(`about ${subject}`, () => {
      for (const script of list) {
        const { stdout, code } = runScript(script)
        const judge = runInBusybox(script)
        expect({ script, stdout, code }).to.deep.equal({ script, stdout: judge.stdout, code: judge.code })
      }
    })
  }
})
