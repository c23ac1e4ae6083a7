// What the order of a page's commands means for a replay: which of them hang, open a shell, or share an output.

import type { CommandStep, Page } from '../page.ts'
import { waits } from '../timeline/command-times.ts'
import { isEndless } from './output-form.ts'

/** The command after step `index`. */
export function nextCommand(page: Page, index: number): CommandStep | undefined {
  return page.steps.slice(index + 1).find((step) => step.kind === 'command')
}

/** The next steps are typed into a shell that this command opens: it is judged with them, at its end. */
export function opensShell(page: Page, index: number): boolean {
  const step = page.steps[index]
  return nextCommand(page, index)?.isInContainer === true && step?.kind === 'command' && !step.isInContainer
}

/** The page goes to another terminal while this command, which waits for the cluster, may still run. */
export function hangs(page: Page, index: number): boolean {
  const step = page.steps[index]
  const next = nextCommand(page, index)
  if (step?.kind !== 'command' || next === undefined || next.terminal === step.terminal) return false
  return waits(step.source) || isEndless(step.source)
}

/** Whether the page shows this command's output together with that of a later one. */
export function isSharedWithNext(page: Page, index: number): boolean {
  const commands = page.steps.flatMap((step, at) => (step.kind === 'command' ? [{ step, at }] : []))
  const place = commands.findIndex(({ at }) => at === index)
  return commands.some(({ step }, at) => at > place && at - (step.expected?.sharedWith ?? 0) <= place)
}
