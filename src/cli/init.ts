// podproof init: sets up what a repository needs.

import type { Verb } from './verb.ts'

/** The options as commander reads them. */
export interface InitOptions {
  readonly docs?: boolean
}

const HELP = `
With --docs, the Markdown pages of this folder are read, and those on which
kubectl is typed are put under a GitHub workflow: each push replays them and
annotates the lines that are not so. A file that is there already is left alone.

Examples:
  podproof init --docs`

export const init: Verb = {
  name: 'init',
  declare(command, end) {
    command
      .summary('set up a repository, for now its pages')
      .description('Writes the workflow that keeps the pages of this folder true.')
      .option('--docs', 'verify the Markdown pages on which kubectl is typed')
      .addHelpText('after', HELP)
      .action(async (options: InitOptions) => {
        const { runInit } = await import('./run-init.ts')
        end(runInit(process.cwd(), options))
      })
  },
}
