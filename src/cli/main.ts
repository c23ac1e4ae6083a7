#!/usr/bin/env node
// The command line: finds the verb and carries it out. An exit code says how it came out.

import { readFileSync } from 'node:fs'
import { Command, CommanderError } from 'commander'
import { EXIT } from './exit-codes.ts'
import type { ExitCode } from './exit-codes.ts'
import { VERBS } from './verbs.ts'

const HELP = `
Examples:
  podproof test                            every spec that podproof.config.ts names, on the simulator
  podproof test specs/lifecycle            the specs of a folder
  podproof test --grep preStop --seed 7    some of the tests, with other chances

Exit codes: 0 every claim held, 1 a claim failed, 2 usage, 3 the cluster or the environment failed.
podproof help <verb> tells more about a verb.`

/** Carries out a command line. Only ends the process by letting it run out, so that outputs are written to their end. */
async function main(args: readonly string[]): Promise<void> {
  try {
    await commandLine().parseAsync(args, { from: 'user' })
  } catch (error) {
    process.exitCode = exitCodeOf(error)
  }
}

function commandLine(): Command {
  const program = new Command('podproof')
    .description('Proves what manifests and documents say about the life of a Kubernetes Pod.')
    .version(version(), '-v, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .addHelpText('after', HELP)
    .showHelpAfterError('(podproof --help tells what there is)')
    .exitOverride()
  for (const verb of VERBS) {
    const command = program.command(verb.name)
    verb.declare(
      command.exitOverride().showHelpAfterError(`(podproof help ${verb.name} tells what it takes)`),
    )
  }
  return program
}

/** Says what went wrong, unless commander has, and answers the exit code. */
function exitCodeOf(error: unknown): ExitCode {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.held : EXIT.usage
  const isError = error instanceof Error
  const isUsage = isError && (error.name === 'UsageError' || error.name === 'ConfigError')
  // Whoever has misused podproof needs a sentence; what nobody expected needs its stack.
  const text = isUsage ? error.message : isError ? (error.stack ?? error.message) : String(error)
  process.stderr.write(`podproof: ${text}\n`)
  return isUsage ? EXIT.usage : EXIT.environment
}

function version(): string {
  const file = new URL('../../package.json', import.meta.url)
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version
}

await main(process.argv.slice(2))
