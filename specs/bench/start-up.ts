// How long podproof takes to answer, as it is installed: npm run build comes first.

import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { inMilliseconds, median, measured } from './measure.ts'
import type { Figure, Measure } from './measure.ts'

const MAIN = resolve('dist/cli/main.js')
/** Where no configuration imports the sources of this checkout: so does none that is written with the package. */
const FOLDER = 'specs/bench'
const TRIES = 7

export const startUp: Measure = {
  name: 'start-up',
  async run() {
    if (!existsSync(MAIN)) throw new Error(`dist/cli/main.js is missing: run npm run build`)
    return [
      await startOf('node itself', ['--eval', '0']),
      await startOf('podproof --help', [MAIN, '--help']),
      await startOf('podproof test, one trivial spec', [
        MAIN,
        'test',
        'trivial.ts',
        '--reports',
        resolve('node_modules/.cache/podproof-bench'),
      ]),
    ]
  },
}

async function startOf(label: string, args: readonly string[]): Promise<Figure> {
  const durations: number[] = []
  for (let attempt = 0; attempt < TRIES; attempt++) durations.push((await measured(() => run(args))).wallMs)
  return { label: `start-up of ${label} (median of ${TRIES})`, value: inMilliseconds(median(durations)) }
}

function run(args: readonly string[]): Promise<void> {
  const { status, stderr } = spawnSync(process.execPath, args, { cwd: FOLDER, encoding: 'utf8' })
  if (status !== 0) throw new Error(`node ${args.join(' ')} ended with ${status}: ${stderr}`)
  return Promise.resolve()
}
