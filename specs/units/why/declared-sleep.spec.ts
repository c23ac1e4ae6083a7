// A hook's declared sleeps are a lower bound of how long it takes.

import { expect } from 'chai'
import { declaredSleepMs } from '../../../src/why/declared-sleep.ts'

const shell = (script: string) => ({ exec: { command: ['sh', '-c', script] } })

describe('the sleeps that a hook declares', () => {
  const hooks = [
    ['a sleep action', { sleep: { seconds: 5 } }, 5_000],
    ['sleep as the command', { exec: { command: ['/bin/sleep', '1.5m'] } }, 90_000],
    ['sleeps in a row', shell("sleep 20; echo 'preStop...'; sleep 1"), 21_000],
    ['a sleep before a condition', shell('sleep 5 && nginx -s quit'), 5_000],
    ['a sleep behind a condition', shell('[ -f /x ] && sleep 5'), 0],
    ['a sleep behind a possible exit', shell('sleep 1; [ -f /x ] && exit 0; sleep 5'), 1_000],
    ['a sleep in the background', shell('sleep 30 & echo on; sleep 2'), 2_000],
    ['a loop, of which the rounds are not known', shell('while pgrep nginx; do sleep 1; done'), 0],
    ['a duration that a variable holds', shell('sleep $DELAY'), 0],
    ['a program', { exec: { command: ['/drain.sh'] } }, 0],
    ['a request', { httpGet: { port: 80 } }, 0],
  ] as const
  for (const [title, hook, ms] of hooks) {
    it(`${title}: ${ms} ms`, () => {
      expect(declaredSleepMs(hook)).to.equal(ms)
    })
  }
})
