// How long podproof takes to answer, as it is installed: npm run build comes first.

import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { inMilliseconds, median, measured } from './measure.ts'
import type { Figure, Measure } from './measure.ts'

const MAIN = 'dist/cli/main.js'
const TRIES = 7

export const startUp: Measure = {
  name: 'start-up',
  async run() {
    if (!existsSync(MAIN)) throw new Error(`${MAIN} is missing: run npm run build`)
    return [
      await startOf('podproof --help', ['--help']),
      await startOf('podproof test, one trivial spec', [
        'test',
        'specs/bench/trivial.ts',
        '--reports',
        'node_modules/.cache/podproof-bench',
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
  const { status, stderr } = spawnSync(process.execPath, [MAIN, ...args], { encoding: 'utf8' })
  if (status !== 0) throw new Error(`podproof ${args.join(' ')} ended with ${status}: ${stderr}`)
  return Promise.resolve()
}
