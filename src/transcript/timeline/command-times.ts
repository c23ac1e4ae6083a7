// How commands stand in time: whether they sleep, wait for the cluster, or change something in it.

import { spanToken } from '../compare/token.ts'
import { simpleCommands } from '../runnable.ts'

/** How long a command line sleeps by its own words. */
export function sleptMs(source: string): number {
  // Nobody waits for what runs in the background.
  const awaited = source.replace(/\bsleep\s+[\w.]+\s*&(?!&)/g, '')
  const sleeps = simpleCommands(awaited).filter(([program]) => program === 'sleep')
  return sleeps.reduce(
    (sum, [, span = '0']) => sum + (spanToken(/\d$/.test(span) ? `${span}s` : span)?.ms ?? 0),
    0,
  )
}

const CHANGING =
  /^(?:annotate|apply|cordon|create|delete|drain|exec|label|patch|replace|rollout|run|scale|set|taint|uncordon)$/
const WAITING = /^(?:attach|cp|debug|delete|drain|exec|port-forward|rollout|run|wait)$/
/** `-f` is a file to every verb but `logs`. */
const FOLLOWING = { get: /^(?:-w|--watch|--watch-only)(?:=true)?$/, logs: /^(?:-f|--follow)(?:=true)?$/ }

/** Commands after which something in the cluster is different. */
export function changesSomething(source: string): boolean {
  return simpleCommands(source).some(
    ([program, ...words]) => program === 'kubectl' && words.some((word) => CHANGING.test(word)),
  )
}

/** Commands that take as long as the cluster does. */
export function waits(source: string): boolean {
  return simpleCommands(source).some(([program = '', ...words]) => {
    if (program !== 'kubectl') return program === 'watch'
    const isFollowing = Object.entries(FOLLOWING).some(
      ([verb, flag]) => words.includes(verb) && words.some((word) => flag.test(word)),
    )
    return isFollowing || words.some((word) => WAITING.test(word))
  })
}
