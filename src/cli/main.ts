#!/usr/bin/env node
// The program podproof: one command line, then its exit code.

import { runCommandLine } from './command-line.ts'

// The code is only noted: the process ends by itself, when everything is written.
process.exitCode = await runCommandLine(process.argv.slice(2), {
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
})
