// 100,000 seconds of cluster time with one Pod that is never at rest.

import { RESTLESS, clusterWith, runSeconds } from '../support/long-run.ts'
import { inSeconds, measured } from './measure.ts'
import type { Figure, Measure } from './measure.ts'

const SECONDS = 100_000

export const longRuns: Measure = {
  name: 'long-runs',
  async run() {
    const figures: Figure[] = []
    for (const { title, spec } of RESTLESS) {
      const cluster = clusterWith(spec)
      const took = await measured(async () => runSeconds(cluster, SECONDS))
      cluster.close()
      figures.push({ label: `100,000 seconds of ${title}`, value: inSeconds(took) })
    }
    return figures
  },
}
