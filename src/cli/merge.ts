// podproof merge: puts the reports of shards together.

import type { Verb } from './verb.ts'

/** The options as commander reads them. */
export interface MergeOptions {
  readonly reports: string
}

const HELP = `
The reports of a shard go to a folder of their own. The merged report is what
the next shards are divided by.

Example:
  podproof test --shard 1/2
  podproof test --shard 2/2
  podproof merge reports/shard-*/simulator/report.json`

export const merge: Verb = {
  name: 'merge',
  declare(command, end) {
    command
      .summary('put the reports of shards together')
      .description('Merges report.json files of the shards of one run into the report of that run.')
      .argument('<report...>', 'report.json files')
      .option('-r, --reports <folder>', 'where the merged reports go', 'reports')
      .addHelpText('after', HELP)
      .action(async (files: readonly string[], options: MergeOptions) => {
        const { runMerge } = await import('./run-merge.ts')
        end(runMerge(files, options))
      })
  },
}
