// The variables of a shell: values, export and read-only marks, and the scopes of functions.

import type { Bytes } from '../bytes.ts'
import type { Environment } from '../task.ts'

/** A variable. One that was only marked (`export x`) has no value. */
export interface Variable {
  readonly value: Bytes | undefined
  /** Elements by index, for an array of bash. */
  readonly elements?: readonly Bytes[]
  readonly isExported: boolean
  readonly isReadOnly: boolean
}

/** All variables of one shell. `local` keeps what a function hides until it returns. */
export class Variables {
  #values: Map<string, Variable>
  #scopes: Map<string, Variable | undefined>[] = []
  #environment: Environment | undefined
  /** Told how many bytes the values grew by. */
  #allocate: (bytes: number) => void

  constructor(environment: Environment, allocate: (bytes: number) => void) {
    this.#values = new Map()
    this.#allocate = allocate
    for (const [name, value] of Object.entries(environment)) {
      if (isName(name)) this.#values.set(name, { value, isExported: true, isReadOnly: false })
    }
  }

  /** The variables of a subshell. */
  copy(allocate: (bytes: number) => void): Variables {
    const copy = new Variables({}, allocate)
    copy.#values = new Map(this.#values)
    copy.#scopes = this.#scopes.map((scope) => new Map(scope))
    copy.#environment = this.#environment
    return copy
  }

  get(name: string): Bytes | undefined {
    return this.#values.get(name)?.value
  }

  variable(name: string): Variable | undefined {
    return this.#values.get(name)
  }

  /** Names with a value or a mark, sorted. */
  get names(): string[] {
    return [...this.#values.keys()].sort()
  }

  /** Assigns a value; marks stay. Answers false if the variable is read-only. */
  set(name: string, value: Bytes, marks: Partial<Pick<Variable, 'isExported'>> = {}): boolean {
    const present = this.#values.get(name)
    if (present?.isReadOnly) return false
    const isExported = marks.isExported ?? present?.isExported ?? false
    this.#account(present, value)
    this.#values.set(name, { value, isExported, isReadOnly: false })
    if (isExported) this.#environment = undefined
    return true
  }

  /** Assigns an array. */
  setElements(name: string, elements: readonly Bytes[]): boolean {
    const present = this.#values.get(name)
    if (present?.isReadOnly) return false
    const marks = { isExported: present?.isExported ?? false, isReadOnly: false }
    this.#values.set(name, { value: elements[0], elements, ...marks })
    return true
  }

  /** Marks a variable, with or without a value. */
  mark(name: string, marks: Partial<Pick<Variable, 'isExported' | 'isReadOnly'>>): void {
    const present = this.#values.get(name) ?? { value: undefined, isExported: false, isReadOnly: false }
    this.#values.set(name, { ...present, ...marks })
    this.#environment = undefined
  }

  /** Forgets a variable. Answers false if it is read-only. */
  unset(name: string): boolean {
    const present = this.#values.get(name)
    if (present?.isReadOnly) return false
    this.#account(present, '')
    this.#values.delete(name)
    if (present?.isExported) this.#environment = undefined
    return true
  }

  /** What commands get: exported variables that have a value. */
  get environment(): Environment {
    this.#environment ??= Object.fromEntries(
      [...this.#values].flatMap(([name, { value, isExported }]) =>
        isExported && value !== undefined ? [[name, value] as const] : [],
      ),
    )
    return this.#environment
  }

  get isInFunction(): boolean {
    return this.#scopes.length > 0
  }

  enterScope(): void {
    this.#scopes.push(new Map())
  }

  /** Keeps what a variable is until the scope is left. */
  makeLocal(name: string): void {
    const scope = this.#scopes[this.#scopes.length - 1]
    if (scope && !scope.has(name)) scope.set(name, this.#values.get(name))
  }

  leaveScope(): void {
    for (const [name, hidden] of this.#scopes.pop() ?? []) this.restore(name, hidden)
  }

  /** Puts back what `variable` answered before. */
  restore(name: string, hidden: Variable | undefined): void {
    if (hidden) this.#values.set(name, hidden)
    else this.#values.delete(name)
    this.#environment = undefined
  }

  /** Small values are part of what a shell holds anyway; a script that fills memory does it with large ones. */
  #account(present: Variable | undefined, value: Bytes): void {
    const before = present?.value?.length ?? 0
    if (value.length >= LARGE_BYTES || before >= LARGE_BYTES) this.#allocate(value.length - before)
  }
}

const LARGE_BYTES = 4_096

export function isName(text: string): boolean {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(text)
}
