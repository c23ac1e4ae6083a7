// How long each command of the real kubectl takes on a leaping simulator, on a host that is kept busy.

import { readFileSync } from 'node:fs'
import { kubectl136 } from '../support/kubectl.ts'
import { BOTH_PODS, keepBusy, manifest, simulate } from '../support/simulate.ts'
import { KubectlClient } from '../units/http/kubectl-client.ts'
import type { Measure } from './measure.ts'

const ROUNDS = 50

export const kubectl: Measure = {
  name: 'kubectl',
  run: async () => {
    const file = kubectl136()
    if (file === undefined)
      return [{ label: 'kubectl on a leaping simulator', value: 'kubectl 1.36 is missing' }]
    const running = await simulate('--speed', 'leap', '--apply', manifest('myservice'), manifest('mydb'))
    const client = new KubectlClient(file, readFileSync(running.kubeConfig, 'utf8'))
    const rest = keepBusy()
    const spansMs = new Map<string, number[]>()
    try {
      for (let round = 0; round < ROUNDS; round++)
        for (const line of BOTH_PODS) {
          const fromMs = performance.now()
          await client.run(line)
          const label = line.replace(/-f .*\//, '-f ')
          spansMs.set(label, [...(spansMs.get(label) ?? []), performance.now() - fromMs])
        }
    } finally {
      rest()
      await running.stop()
      client.close()
    }
    return [...spansMs].map(([label, values]) => ({ label: `kubectl ${label}`, value: spread(values) }))
  },
}

function spread(valuesMs: readonly number[]): string {
  const sorted = valuesMs.toSorted((one, other) => one - other)
  const seconds = (ms: number | undefined) => `${((ms ?? NaN) / 1000).toFixed(2)} s`
  return `${seconds(sorted[sorted.length >> 1])}, at most ${seconds(sorted.at(-1))} of ${sorted.length}`
}
