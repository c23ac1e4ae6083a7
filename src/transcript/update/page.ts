// Brings the outputs of a page up to date after its replay.

import type { Judge } from '../run/judge.ts'
import { outputForm } from '../run/output-form.ts'
import type { SeenLine } from '../compare/output.ts'
import type { PageVerdict } from '../verdict.ts'
import { editedPage, type OutputEdit } from './edits.ts'
import { updatedOutput } from './output.ts'

/**
 * The page's text with every differing output rewritten. Where a command could not be judged (it was not run, it did not
 * end, something that it needs is missing) the page has failed for another reason than its outputs: the text stays as it is.
 */
export function pageUpdate(text: string, verdict: PageVerdict, judge: Judge): string {
  const differing = verdict.commands.filter((command) => command.verdict === 'differs')
  const isJudged = verdict.commands.every(({ likely }) => likely !== 'missing prerequisite')
  if (!isJudged || differing.some(({ reason }) => reason === 'the command did not end')) return text
  const edits = differing.flatMap(({ step, seen }): OutputEdit[] => {
    if (!step.expected || !seen) return []
    const streamOf = (text: string): SeenLine['stream'] => (judge.errorTexts.has(text) ? 'stderr' : 'stdout')
    const output = { lines: seen.map((line) => ({ text: line, stream: streamOf(line) })) }
    const lines = updatedOutput(
      step.expected,
      output,
      outputForm(step.source),
      judge.bindings,
      judge.surroundings(step),
    )
    return [{ expected: step.expected, lines }]
  })
  return editedPage(text, edits)
}
