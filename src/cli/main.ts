#!/usr/bin/env node
// The program podproof: one command line, then its exit code.

import nodeModule from 'node:module'

// From Node 22 on, what is compiled for one start serves the next one: so this comes before everything else.
const { enableCompileCache } = nodeModule as { readonly enableCompileCache?: () => unknown }
enableCompileCache?.()
const { runCommandLine } = await import('./command-line.ts')

// The code is only noted: the process ends by itself, when everything is written.
process.exitCode = await runCommandLine(process.argv.slice(2), {
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
})
