// Prints how fast podproof is, measured in one run: npm run bench [measure...].

import { MEASURES } from './measures.ts'

const wanted = process.argv.slice(2)
const unknown = wanted.filter((name) => !MEASURES.some((measure) => measure.name === name))
if (unknown.length > 0) {
  process.stderr.write(
    `no measure is called ${unknown.join(', ')}; there are ${MEASURES.map(({ name }) => name).join(', ')}\n`,
  )
  process.exit(2)
}

for (const measure of MEASURES) {
  if (wanted.length > 0 && !wanted.includes(measure.name)) continue
  for (const { label, value } of await measure.run()) process.stdout.write(`${label.padEnd(60)}  ${value}\n`)
}
// Streams of the last cluster must not keep the host waiting.
process.exit(0)
