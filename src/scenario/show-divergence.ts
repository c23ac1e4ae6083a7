// A divergence for people: both recordings on one time axis, then what differs, part by part.

import type {
  Difference,
  Divergence,
  FieldDivergence,
  Interval,
  OutputDivergence,
  PodDivergence,
} from './compare.ts'
import { isAgreement } from './compare.ts'

/** The words for the two sides: their folders or files. */
export interface SideNames {
  readonly a: string
  readonly b: string
}

/** The report as lines; one line where the recordings agree. */
export function showDivergence(divergence: Divergence, names: SideNames): string {
  if (isAgreement(divergence)) return `${divergence.name}: agrees`
  const { pods, exits, events, outputs, logs } = divergence
  const sections = [
    ...pods.flatMap(showPod),
    ...showDifference('Exits', exits),
    ...showDifference('Events', events),
    ...showOutputs(outputs),
    ...logs.flatMap(({ container, ...lines }) => showDifference(`Log of ${container}`, lines)),
  ]
  return [`${divergence.name}  (- ${names.a}, + ${names.b})`, ...sections.map((line) => `  ${line}`)].join(
    '\n',
  )
}

/** Rows of both, each with the offset at which either showed it; what only one has is marked. */
function showPod({ pod, rows, intervals, fields }: PodDivergence): string[] {
  const width = Math.max(...rows.map(({ text }) => text.length), 0)
  const lines = rows.map(({ text, aMs, bMs }) => {
    const mark = aMs === undefined ? '+' : bMs === undefined ? '-' : ' '
    return `${mark} ${text.padEnd(width)}  ${offset(aMs)}  ${offset(bMs)}`.trimEnd()
  })
  return [`Pod ${pod}`, ...lines, ...intervals.map(showInterval), ...fields.map(showField)]
}

function showInterval({ from, to, aMs, bMs }: Interval): string {
  return `! ${from} -> ${to} took ${seconds(aMs)} there, ${seconds(bMs)} here`
}

function showField({ path, a, b }: FieldDivergence): string {
  return `! ${path}: ${json(a)} there, ${json(b)} here`
}

function showDifference(title: string, { onlyA, onlyB }: Difference): string[] {
  if (onlyA.length + onlyB.length === 0) return []
  return [title, ...onlyA.map((text) => `- ${text}`), ...onlyB.map((text) => `+ ${text}`)]
}

function showOutputs(outputs: readonly OutputDivergence[]): string[] {
  return outputs.flatMap(({ command, exitCodeA, exitCodeB, ...lines }) => [
    `$ ${command}`,
    ...(exitCodeA === exitCodeB
      ? []
      : [`! exit ${exitCodeA ?? 'not run'} there, ${exitCodeB ?? 'not run'} here`]),
    ...showDifference('', lines).slice(1),
  ])
}

function offset(ms: number | undefined): string {
  return (ms === undefined ? '' : `+${(ms / 1000).toFixed(2)}s`).padStart(9)
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)}s`
}

function json(value: unknown): string {
  return JSON.stringify(value) ?? 'nothing'
}
