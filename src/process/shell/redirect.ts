// Redirections: which descriptor leads where while a command runs.

import type { HereDoc, HereString, Redirect, Redirection } from 'unbash'
import type { Bytes } from '../bytes.ts'
import type { Descriptors } from '../descriptors.ts'
import type { Action } from '../effects.ts'
import { APPEND, CREATE, open, type OpenFlags, READ } from '../open.ts'
import { Pipe } from '../pipe.ts'
import { readingEnd } from '../pipe-ends.ts'
import { OpenFile } from '../stream.ts'
import { SystemError } from '../system-error.ts'
import { expandBody, expandText } from './expand.ts'
import { type Shell, ShellError } from './shell.ts'

/** A redirection that failed: the command does not run, and its status is 1. */
export class RedirectionError extends ShellError {
  constructor(message: string) {
    super(message, 1)
    this.name = 'RedirectionError'
  }
}

/** Applies redirections to descriptors for good. @throws RedirectionError */
export function* redirect(
  shell: Shell,
  redirections: readonly Redirection[],
  descriptors: Descriptors,
): Action<void> {
  for (const redirection of redirections) yield* apply(shell, redirection, descriptors)
}

/** Runs `body` with redirections, and puts the shell's own descriptors back. */
export function* withRedirections(
  shell: Shell,
  redirections: readonly Redirection[],
  body: () => Action<void>,
): Action<void> {
  const { descriptors } = shell.task
  const saved = descriptors.save()
  try {
    yield* redirect(shell, redirections, descriptors)
    yield* body()
  } catch (error) {
    if (!(error instanceof RedirectionError)) throw error
    shell.complain(error.message)
    shell.status = 1
  } finally {
    descriptors.restore(saved)
  }
}

function* apply(shell: Shell, redirection: Redirection, descriptors: Descriptors): Action<void> {
  const { descriptor } = redirection
  if (descriptor?.type === 'FileDescriptorVariable') {
    throw new ShellError(`syntax error: {${descriptor.name}} before a redirection is not supported`, 2)
  }
  const number = descriptor?.value ?? (redirection.operator.startsWith('<') ? 0 : 1)
  if (redirection.type === 'Redirect') yield* applyRedirect(shell, redirection, number, descriptors)
  else descriptors.set(number, new OpenFile(textStream(yield* hereText(shell, redirection))))
}

function* applyRedirect(
  shell: Shell,
  redirection: Redirect,
  number: number,
  descriptors: Descriptors,
): Action<void> {
  const { operator, target } = redirection
  const name = target ? yield* expandText(shell, target) : ''
  if ((operator === '>&' || operator === '<&') && /^(?:\d+|-)$/.test(name)) {
    duplicate(number, name, descriptors)
    return
  }
  if (operator === '<&') throw new ShellError('syntax error: bad fd number', 2)
  const file = openTarget(shell, operator, name)
  descriptors.set(number, file)
  // `&>` and `>&` with a file take standard error along.
  if (operator.includes('&')) descriptors.set(2, file)
}

function duplicate(number: number, name: string, descriptors: Descriptors): void {
  if (name === '-') {
    descriptors.close(number)
    return
  }
  const file = descriptors.get(Number(name))
  if (!file) throw new RedirectionError(`${name}: ${new SystemError('EBADF').text}`)
  if (Number(name) !== number) descriptors.set(number, file)
}

function openTarget(shell: Shell, operator: string, name: Bytes): OpenFile {
  const isReading = operator === '<'
  try {
    return open(shell.task, name, flagsFor(shell, operator))
  } catch (error) {
    if (!(error instanceof SystemError)) throw error
    const isMissing = error.code === 'ENOENT' || error.code === 'ENOTDIR'
    const reason = isMissing ? (isReading ? 'no such file' : 'nonexistent directory') : error.text
    throw new RedirectionError(`can't ${isReading ? 'open' : 'create'} ${name}: ${reason}`)
  }
}

function flagsFor(shell: Shell, operator: string): OpenFlags {
  if (operator === '<') return READ
  if (operator === '<>') return { read: true, write: true, create: true }
  if (operator.endsWith('>>')) return APPEND
  return operator === '>' && shell.options.noclobber ? { ...CREATE, exclusive: true } : CREATE
}

function* hereText(shell: Shell, redirection: HereDoc | HereString): Action<Bytes> {
  if (redirection.type === 'HereString')
    return `${redirection.target ? yield* expandText(shell, redirection.target) : ''}\n`
  const { body, operator } = redirection
  const text = body.parts ? yield* expandBody(shell, body.parts) : body.text
  return operator === '<<-' ? text.replace(/^\t+/gm, '') : text
}

function textStream(text: Bytes) {
  const pipe = new Pipe()
  pipe.push(text)
  pipe.end()
  return readingEnd(pipe)
}
