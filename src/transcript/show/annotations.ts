// The verdicts on pages as annotations of GitHub Actions: each stands beside its line of the changed page.

import type { PageVerdict } from '../verdict.ts'
import { printable } from './printable.ts'

/** One workflow command a line (docs.github.com: workflow commands, "Setting an error message"). */
export function pageAsAnnotations({ path, commands, findings }: PageVerdict): string[] {
  const differing = commands.flatMap(({ verdict, step, differences, reason }) => {
    if (verdict !== 'differs') return []
    if (differences.length === 0) return [annotation(path, step.line, reason ?? 'differs')]
    return differences.map(({ line, expected, seen }) =>
      annotation(
        path,
        line.line,
        seen === undefined ? `${expected} was not printed` : `the page says ${expected}, the cluster ${seen}`,
      ),
    )
  })
  return [
    ...differing,
    ...findings.map(({ lines, message }) => annotation(path, lines[0]?.line ?? 1, message)),
  ]
}

function annotation(path: string, line: number, message: string): string {
  return `::error file=${escapedProperty(path)},line=${line},title=podproof::${escapedData(message)}`
}

function escapedData(text: string): string {
  return printable(text).replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function escapedProperty(text: string): string {
  return escapedData(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}
