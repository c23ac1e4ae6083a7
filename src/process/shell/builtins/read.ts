// read: a line of standard input, split into variables.

import type { Bytes } from '../../bytes.ts'
import type { Action } from '../../effects.ts'
import { signalNumbers } from '../../signals.ts'
import { SystemError } from '../../system-error.ts'
import type { Builtin } from '../builtin.ts'
import { type Shell, ShellError } from '../shell.ts'
import { splitForRead } from '../split-for-read.ts'

export const read: Builtin = { name: 'read', run }

interface ReadOptions {
  isRaw: boolean
  prompt: Bytes | undefined
  timeoutMs: number | undefined
  characters: number | undefined
  delimiter: string
  descriptor: number
  names: readonly Bytes[]
}

function* run(shell: Shell, fields: readonly Bytes[]): Action<number> {
  const options = optionsOf(fields.slice(1))
  const { task } = shell
  if (options.prompt !== undefined && task.descriptors.get(0)?.stream.isTerminal) {
    task.descriptors.get(2)?.stream.write(options.prompt)
  }
  const line = yield* readLine(shell, options)
  if (line.status > 1) return line.status
  assign(shell, options.names, line.text)
  return line.status
}

function optionsOf(words: readonly Bytes[]): ReadOptions {
  const options: ReadOptions = {
    isRaw: false,
    prompt: undefined,
    timeoutMs: undefined,
    characters: undefined,
    delimiter: '\n',
    descriptor: 0,
    names: [],
  }
  let i = 0
  for (; words[i]?.startsWith('-') && words[i] !== '-'; i++) {
    const word = words[i] as Bytes
    if (word === '--') {
      i++
      break
    }
    for (let at = 1; at < word.length; at++) {
      const letter = word[at] as string
      if (letter === 'r' || letter === 's') {
        if (letter === 'r') options.isRaw = true
        continue
      }
      const argument = word.slice(at + 1) || words[++i]
      setOption(options, letter, argument)
      break
    }
  }
  options.names = words.slice(i)
  return options
}

function setOption(options: ReadOptions, letter: string, argument: Bytes | undefined): void {
  if (argument === undefined) throw new ShellError(`read: line 0: No arg for -${letter} option`, 2)
  if (letter === 'p') options.prompt = argument
  else if (letter === 't') options.timeoutMs = Math.round(Number(argument) * 1000)
  else if (letter === 'n' || letter === 'N') options.characters = Number(argument)
  else if (letter === 'd') options.delimiter = argument.slice(0, 1) || '\0'
  else if (letter === 'u') options.descriptor = Number(argument)
  else throw new ShellError(`read: line 0: Illegal option -${letter}`, 2)
}

/**
 * Reads byte by byte, so that what follows the line is left to others. Escaped characters are marked with a NUL, which
 * no variable can hold. Status 1 is the end of input, 128 + n a signal with a trap.
 */
function* readLine(
  shell: Shell,
  options: ReadOptions,
): Action<{ readonly text: Bytes; readonly status: number }> {
  const stream = shell.task.descriptors.get(options.descriptor)?.stream
  if (!stream) throw new SystemError('EBADF', 'read')
  const untilMs = options.timeoutMs === undefined ? undefined : shell.task.now() + options.timeoutMs
  let text = ''
  let isEscaped = false
  for (let count = 0; options.characters === undefined || count < options.characters;) {
    const byte = stream.read(1)
    if (byte === '') return { text, status: 1 }
    if (byte === undefined) {
      const queues = stream.readable ? [stream.readable] : []
      const resumption = yield untilMs === undefined
        ? { effect: 'wait', queues }
        : { effect: 'wait', queues, untilMs }
      if (resumption === 'ready') continue
      if (resumption === 'timeout') return { text, status: 1 }
      shell.catch(resumption)
      return { text, status: 128 + signalNumbers[resumption] }
    }
    if (isEscaped) {
      isEscaped = false
      if (byte !== '\n') text += `\0${byte}`
    } else if (byte === '\\' && !options.isRaw) {
      isEscaped = true
      continue
    } else if (byte === options.delimiter) break
    else if (byte !== '\0') text += byte
    count++
  }
  return { text, status: 0 }
}

function assign(shell: Shell, names: readonly Bytes[], line: Bytes): void {
  const separators = shell.variables.get('IFS') ?? ' \t\n'
  const variables = names.length > 0 ? names : ['REPLY']
  const values = names.length > 0 ? splitForRead(line, separators, names.length) : [line]
  variables.forEach((name, index) => {
    if (!shell.variables.set(name, (values[index] ?? '').replaceAll('\0', '')))
      throw new ShellError(`${name}: is read only`, 2)
  })
}
