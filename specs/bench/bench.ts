// Prints how fast podproof is, each measure in a process of its own: npm run bench [measure...].

import { spawnSync } from 'node:child_process'
import { MEASURES } from './measures.ts'

const names = MEASURES.map(({ name }) => name)
const wanted = process.argv.slice(2)
const unknown = wanted.filter((name) => !names.includes(name))
if (unknown.length > 0) {
  process.stderr.write(`no measure is called ${unknown.join(', ')}; there are ${names.join(', ')}\n`)
  process.exit(2)
}

const [first = '', ...others] = wanted.length > 0 ? wanted : names
if (others.length === 0) await measure(first)
else for (const name of [first, ...others]) inOwnProcess(name)

async function measure(wantedName: string): Promise<void> {
  const figures = (await MEASURES.find(({ name }) => name === wantedName)?.run()) ?? []
  for (const { label, value } of figures) process.stdout.write(`${label.padEnd(60)}  ${value}\n`)
  // Streams of the last cluster must not keep the host waiting.
  process.exit(0)
}

/** What one measure leaves behind (compiled code, a heap that has grown) must not be in the figures of the next one. */
function inOwnProcess(name: string): void {
  const { status } = spawnSync(process.execPath, [...process.execArgv, import.meta.filename, name], {
    stdio: 'inherit',
  })
  if (status !== 0) process.exit(status ?? 1)
}
