// podproof compare: shows people where two recordings part.

import type { Verb } from './verb.ts'

const HELP = `
With two folders, recordings of one name are compared; NAME.2.json is another
run of NAME. What differs between any two runs (uids, addresses, ages) does not
count, nor do intervals that differ by less than two seconds or a third.

Examples:
  podproof compare on-my-cluster/crashloop.json recordings/crashloop.json
  podproof compare on-my-cluster recordings`

export const compare: Verb = {
  name: 'compare',
  declare(command, end) {
    command
      .summary('show where two recordings part')
      .description(
        'Shows statuses side by side on one time axis, and intervals, exits, events, outputs and fields that differ.',
      )
      .argument('<a>', 'a recording, or a folder of them')
      .argument('<b>', 'another')
      .addHelpText('after', HELP)
      .action(async (a: string, b: string) => {
        const { runCompare } = await import('./run-compare.ts')
        end(runCompare(a, b))
      })
  },
}
