// Runs the commands of a sed script over lines.

import type { Bytes } from '../bytes.ts'
import type { Address, SedCommand, Substitution } from './sed-script.ts'

/** What comes out, and the exit status if `q` gave one. */
export interface Edited {
  readonly output: Bytes
  readonly exitStatus: number | undefined
}

export function editLines(script: readonly SedCommand[], lines: readonly Bytes[], isQuiet: boolean): Edited {
  return new Editor(script, lines, isQuiet).run()
}

/** How the cycle of one line goes on after a command. */
type Next = 'continue' | 'delete' | 'restart' | 'quit' | { readonly branch: Bytes }

class Editor {
  #script: readonly SedCommand[]
  #lines: readonly Bytes[]
  #isQuiet: boolean
  #number = 0
  #pattern = ''
  #hold = ''
  #output: Bytes[] = []
  #appended: Bytes[] = []
  #hasReplaced = false
  #exitStatus: number | undefined
  #active = new Map<SedCommand, number>()

  constructor(script: readonly SedCommand[], lines: readonly Bytes[], isQuiet: boolean) {
    this.#script = script
    this.#lines = lines
    this.#isQuiet = isQuiet
  }

  run(): Edited {
    let keepsPattern = false
    while (keepsPattern || this.#read()) {
      const next = this.#cycle()
      keepsPattern = next === 'restart'
      if (next !== 'delete' && next !== 'restart' && !this.#isQuiet) this.#print(this.#pattern)
      this.#output.push(...this.#appended.splice(0))
      if (next === 'quit') break
    }
    return { output: this.#output.join(''), exitStatus: this.#exitStatus }
  }

  #read(): boolean {
    const line = this.#lines[this.#number]
    if (line === undefined) return false
    this.#number++
    this.#pattern = line
    this.#hasReplaced = false
    return true
  }

  #cycle(): Next {
    for (let next = this.#list(this.#script); ; next = this.#list(this.#script, next.branch)) {
      if (typeof next === 'string') return next
      if (next.branch === '') return 'continue'
    }
  }

  /** Runs a list, from behind a label if one is given. */
  #list(commands: readonly SedCommand[], label?: Bytes): Next {
    const start =
      label === undefined ? 0 : commands.findIndex(({ name, text }) => name === ':' && text === label) + 1
    if (label !== undefined && start === 0) return 'continue'
    for (const command of commands.slice(start)) {
      if (!this.#isMeant(command)) continue
      const next = this.#run(command)
      if (next !== 'continue') return next
    }
    return 'continue'
  }

  #isMeant(command: SedCommand): boolean {
    const { from, to, isNegated } = command
    if (!from) return !isNegated
    return (to ? this.#isInRange(command, from, to) : this.#matches(from)) !== isNegated
  }

  #isInRange(command: SedCommand, from: Address, to: Address): boolean {
    const end = this.#active.get(command)
    if (end === undefined) {
      if (!this.#matches(from)) return false
      const last = to.kind === 'line' ? to.number : to.kind === 'offset' ? this.#number + to.count : Infinity
      if (last > this.#number) this.#active.set(command, last)
      return true
    }
    const isEnd = this.#number >= end || (to.kind !== 'line' && to.kind !== 'offset' && this.#matches(to))
    if (isEnd) this.#active.delete(command)
    return this.#number <= end
  }

  #matches(address: Address): boolean {
    switch (address.kind) {
      case 'line':
        return this.#number === address.number
      case 'last':
        return this.#number === this.#lines.length
      case 'step':
        return address.step === 0
          ? this.#number === address.first
          : this.#number >= address.first && (this.#number - address.first) % address.step === 0
      case 'match':
        address.expression.lastIndex = 0
        return address.expression.test(this.#pattern)
      case 'offset':
        return false
    }
  }

  #run(command: SedCommand): Next {
    const { name, text, substitution, translation, commands } = command
    switch (name) {
      case 's':
        if (substitution) this.#substitute(substitution)
        return 'continue'
      case 'y':
        this.#pattern = this.#pattern.replace(/[^]/g, (char) => translation?.get(char) ?? char)
        return 'continue'
      case '{':
        return this.#list(commands ?? [])
      case 'd':
        return 'delete'
      case 'D':
        return this.#deleteFirst()
      case 'p':
        this.#print(this.#pattern)
        return 'continue'
      case 'P':
        this.#print(this.#pattern.split('\n')[0] ?? '')
        return 'continue'
      case '=':
        this.#print(String(this.#number))
        return 'continue'
      case 'q':
        this.#exitStatus = text === '' ? undefined : Number(text)
        return 'quit'
      case 'b':
        return { branch: text }
      case 't':
      case 'T': {
        const isTaken = this.#hasReplaced === (name === 't')
        this.#hasReplaced = false
        return isTaken ? { branch: text } : 'continue'
      }
      default:
        return this.#edit(name, text)
    }
  }

  #edit(name: string, text: Bytes): Next {
    switch (name) {
      case 'a':
        this.#appended.push(text)
        return 'continue'
      case 'i':
        this.#output.push(text)
        return 'continue'
      case 'c':
        this.#output.push(text)
        return 'delete'
      case 'n':
        if (this.#number >= this.#lines.length) return 'quit'
        if (!this.#isQuiet) this.#print(this.#pattern)
        this.#read()
        return 'continue'
      case 'N': {
        if (this.#number >= this.#lines.length) return 'quit'
        const before = this.#pattern
        this.#read()
        this.#pattern = `${before}\n${this.#pattern}`
        return 'continue'
      }
      case 'g':
        this.#pattern = this.#hold
        return 'continue'
      case 'G':
        this.#pattern += `\n${this.#hold}`
        return 'continue'
      case 'h':
        this.#hold = this.#pattern
        return 'continue'
      case 'H':
        this.#hold += `\n${this.#pattern}`
        return 'continue'
      case 'x':
        ;[this.#pattern, this.#hold] = [this.#hold, this.#pattern]
        return 'continue'
      default:
        return 'continue'
    }
  }

  #deleteFirst(): Next {
    const end = this.#pattern.indexOf('\n')
    if (end < 0) return 'delete'
    this.#pattern = this.#pattern.slice(end + 1)
    return 'restart'
  }

  #print(text: Bytes): void {
    this.#output.push(`${text}\n`)
  }

  #substitute({ expression, replacement, isGlobal, prints, occurrence }: Substitution): void {
    let count = 0
    let isChanged = false
    expression.lastIndex = 0
    this.#pattern = this.#pattern.replace(expression, (...found: unknown[]) => {
      count++
      if (count < occurrence || (count > occurrence && !isGlobal)) return String(found[0])
      isChanged = true
      return replaced(
        replacement,
        found.filter((group, index) => index === 0 || typeof group === 'string' || group === undefined) as (
          string | undefined
        )[],
      )
    })
    if (!isChanged) return
    this.#hasReplaced = true
    if (prints) this.#print(this.#pattern)
  }
}

/** `&` is the match, `\1` a group, `\n` a newline. */
function replaced(replacement: Bytes, groups: readonly (string | undefined)[]): Bytes {
  return replacement.replace(/\\([^])|&/g, (whole, escaped?: string) => {
    if (escaped === undefined) return groups[0] ?? ''
    if (/\d/.test(escaped)) return groups[Number(escaped)] ?? ''
    return escaped === 'n' ? '\n' : escaped === 't' ? '\t' : whole.slice(1)
  })
}
