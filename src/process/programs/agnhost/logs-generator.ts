// agnhost logs-generator: lines of a web server that is not there, at an even pace.

import { sleepUntil, write } from '../../io.ts'
import { ProgramError } from '../../program-error.ts'
import { durationMs } from '../sleep.ts'
import { flags, type Subcommand } from './subcommand.ts'

const methods = ['GET', 'POST', 'PUT']
const namespaces = ['kube-system', 'default', 'ns']
const LETTERS = 'abcdefghijklmnopqrstuvwxyz0123456789'

export const logsGenerator: Subcommand = function* (task, words) {
  const own = flags(words, { 'log-lines-total': '0', 'run-duration': '0s', t: '', d: '' })
  const total = Number(own.t || own['log-lines-total'])
  const spanMs = durationMs(own.d || own['run-duration'])
  if (!(total > 0) || spanMs === undefined || spanMs <= 0)
    throw new ProgramError('Invalid total number of lines or duration')
  const { random } = task.table.surroundings
  const startMs = task.now()
  for (let line = 0; line < total; line++) {
    yield* sleepUntil(task, startMs + Math.round((spanMs * line) / total))
    const at = new Date(task.now()).toISOString()
    const stamp = `I${at.slice(5, 7)}${at.slice(8, 10)} ${at.slice(11, 23)}000 ${String(task.pid).padStart(7)}`
    const url = `/api/v1/namespaces/${random.pick(namespaces)}/pods/${random.text(3, LETTERS)}`
    yield* write(
      task,
      2,
      `${stamp} logs_generator.go:76] ${line} ${random.pick(methods)} ${url} ${random.between(200, 599)}\n`,
    )
  }
  return 0
}
