// The verdicts on pages for machines.

import { type CommandVerdict, countVerdicts, type PageVerdict } from '../verdict.ts'

/** One page: its counts, every command with verdict, line, expected, seen and reason, and what contradicts itself. */
export function pageAsJson(page: PageVerdict): unknown {
  return {
    page: page.path,
    summary: countVerdicts(page),
    commands: page.commands.map(commandAsJson),
    findings: page.findings.map(({ lines, message }) => ({ lines: lines.map(({ line }) => line), message })),
  }
}

function commandAsJson(command: CommandVerdict): unknown {
  const { step, verdict, reason, likely, differences, seen, drift, atMs, tookMs } = command
  return {
    line: step.line,
    terminal: step.terminal,
    command: step.source,
    verdict,
    ...(reason === undefined ? {} : { reason }),
    ...(likely === undefined ? {} : { likely }),
    ...(step.expected ? { expected: step.expected.lines.map(({ text }) => text).join('\n') } : {}),
    ...(seen === undefined ? {} : { seen: seen.join('\n') }),
    ...(differences.length === 0
      ? {}
      : {
          differences: differences.map(({ line, column, expected, seen: got }) => ({
            line: line.line,
            column,
            expected,
            seen: got,
          })),
        }),
    ...(drift.length === 0 ? {} : { drift }),
    ...(atMs === undefined ? {} : { atMs, tookMs }),
  }
}
