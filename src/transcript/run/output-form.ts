// Tells by the command which form its output has: a table, a log, an indented text.

import type { OutputForm } from '../compare/output.ts'
import { simpleCommands } from '../runnable.ts'

/** The form of what a command line prints. Piped into another program it is plain text. */
export function outputForm(source: string): OutputForm {
  const commands = simpleCommands(source)
  const form = formOf(commands.at(-1) ?? [])
  if (form !== undefined) return form
  const last = commands.findLast(([program]) => program === 'kubectl')
  if (!last || isPiped(source)) return 'plain'
  if (last.includes('logs')) return 'log'
  if (isWatch(source)) return 'watch'
  if (last.includes('describe') || /(?:^| )(?:-o|--output)[ =]?(?:json|yaml)(?: |$)/.test(last.join(' ')))
    return 'tree'
  return 'plain'
}

/** The form of what programs of a container print, typed there or behind `kubectl exec POD --`. */
function formOf(words: readonly string[]): OutputForm | undefined {
  const inside = words[0] === 'kubectl' ? words.slice(words.indexOf('--') + 1) : words
  const [program, ...rest] = words[0] === 'kubectl' && !words.includes('--') ? [] : inside
  const script = rest[rest.indexOf('-c') + 1]
  if (/^(?:\/bin\/)?(?:ba)?sh$/.test(program ?? '') && rest.includes('-c') && script !== undefined)
    return formOf(simpleCommands(script)[0] ?? [])
  if (/^(?:env|printenv|set|export)$/.test(program ?? '') && rest.length === 0) return 'unordered'
  if (program !== 'ls') return undefined
  return rest.some((word) => /^-\w*l/.test(word)) ? 'listing' : 'words'
}

/** Commands that go on until somebody ends them. */
export function isEndless(source: string): boolean {
  const follows = /\bkubectl\b.*\blogs\b.*\s(?:-f|--follow)\b/.test(source)
  return (
    isWatch(source) ||
    follows ||
    /(?:^|[;&|]\s*)watch\s/.test(source) ||
    /\bkubectl\b.*\bport-forward\b/.test(source)
  )
}

/** Commands that only look: they can be typed again without changing anything. */
export function isReadOnly(source: string): boolean {
  const commands = simpleCommands(source)
  const looks = /^(?:api-resources|describe|events|explain|get|logs|top|version)$/
  return commands.every(([program = '', ...rest]) =>
    program === 'kubectl'
      ? rest.some((word) => looks.test(word))
      : /^(?:cat|cut|echo|grep|head|sort|tail|tr|wc)$/.test(program),
  )
}

function isWatch(source: string): boolean {
  return /\bkubectl\b.*\s(?:-w|--watch|--watch-only)(?:=true)?(?:\s|$)/.test(source)
}

function isPiped(source: string): boolean {
  return (
    simpleCommands(source).length > 1 &&
    /\bkubectl\b[^;&]*[^|]\|[^|]/.test(source.replace(/'[^']*'|"[^"]*"/g, ''))
  )
}
