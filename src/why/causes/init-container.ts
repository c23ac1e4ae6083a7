// An init container is still running; everything after it waits.

import type { Cause } from '../cause.ts'
import { lastRun } from '../moment.ts'
import { oneLine, seconds } from '../wording.ts'

export const initContainer: Cause = {
  name: 'init-container',
  steps: ['initContainer'],
  isGeneral: true,
  find(moment, { container = '' }) {
    const { history, name } = moment.facts.record
    const run = lastRun(moment, container)
    const line = history
      .log(name, container)
      .findLast(({ atMs, text }) => atMs <= moment.atMs && text.trim() !== '')
    const lastWords = line ? `; it last wrote "${oneLine(line.text)}"` : ''
    const forHowLong = run ? seconds(moment.atMs - run.started.atMs) : ''
    return {
      because: `init container ${container} has run for ${forHowLong} and has not exited${lastWords}`,
      next: `kubectl logs ${name} -c ${container}`,
    }
  },
}
