// Finds the verb of a command line, carries it out, and says in an exit code how it came out.

import { readFileSync } from 'node:fs'
import { Command, CommanderError } from 'commander'
import { EXIT } from './exit-codes.ts'
import type { ExitCode } from './exit-codes.ts'
import { VERBS } from './verbs.ts'

const HELP = `
Examples:
  podproof test                          what podproof.config.ts names
  podproof test specs/lifecycle          the specs of a folder
  podproof test -g preStop --seed 7      some tests, with other chances
  podproof simulate --speed leap         a cluster for anybody's kubectl
  podproof record scenario.yaml -o out   what a cluster did, as a recording

Exit codes: 0 every claim held, 1 a claim failed, 2 usage,
            3 the cluster or the environment failed.
podproof help <verb> tells more about a verb.`

/** Where a command line writes. */
export interface CommandOutput {
  readonly out: (text: string) => void
  readonly err: (text: string) => void
}

/** Carries out a command line (without node and script). Never throws: what goes wrong is written to `err`. */
export async function runCommandLine(args: readonly string[], output: CommandOutput): Promise<ExitCode> {
  let exitCode: ExitCode = EXIT.held
  const program = commandLine(output, (code) => (exitCode = code))
  try {
    await program.parseAsync(args, { from: 'user' })
    return exitCode
  } catch (error) {
    return failedWith(error, output)
  }
}

function commandLine({ out, err }: CommandOutput, end: (code: ExitCode) => void): Command {
  // What is set here is inherited by the verbs.
  const program = new Command('podproof')
    .description('Proves what manifests and documents say about the life of a Kubernetes Pod.')
    .version(version(), '-v, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .addHelpText('after', HELP)
    .showHelpAfterError('(podproof --help tells what there is)')
    .configureOutput({ writeOut: out, writeErr: err })
    .exitOverride()
  for (const verb of VERBS) {
    const command = program.command(verb.name)
    command.showHelpAfterError(`(podproof help ${verb.name} tells what it takes)`)
    verb.declare(command, end)
  }
  return program
}

/** What the user has to correct; by name, so that nothing is imported for it. */
const USAGE_ERRORS: ReadonlySet<string> = new Set([
  'ConfigError',
  'ManifestError',
  'SpecLoadError',
  'UsageError',
])

/** Says what went wrong, unless commander has, and answers the exit code. */
function failedWith(error: unknown, { err }: CommandOutput): ExitCode {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.held : EXIT.usage
  const isError = error instanceof Error
  const isUsage = isError && USAGE_ERRORS.has(error.name)
  // What somebody can put right needs a sentence; what nobody expected needs its stack.
  const isKnown = isUsage || (isError && error.name === 'EnvironmentProblem')
  const text = isKnown ? error.message : isError ? (error.stack ?? error.message) : String(error)
  err(`podproof: ${text}\n`)
  return isUsage ? EXIT.usage : EXIT.environment
}

function version(): string {
  const file = new URL('../../package.json', import.meta.url)
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version
}
