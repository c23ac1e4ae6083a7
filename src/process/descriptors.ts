// The file descriptors of a process.

import { OpenFile, type Stream } from './stream.ts'
import { SystemError } from './system-error.ts'

/** Numbers that lead to open files. */
export class Descriptors {
  #files: (OpenFile | undefined)[]
  #closesOnExec: Set<number> | undefined

  private constructor(files: (OpenFile | undefined)[]) {
    this.#files = files
  }

  /** Descriptors 0, 1, 2 and so on for the given streams; the same stream twice is one open file. */
  static of(streams: readonly Stream[]): Descriptors {
    const files: OpenFile[] = []
    for (const stream of streams)
      files.push((files.find((file) => file.stream === stream) ?? new OpenFile(stream)).retain())
    return new Descriptors(files)
  }

  /** What a child inherits: the same open files under the same numbers. */
  copy(): Descriptors {
    const copy = new Descriptors(this.#files.map((file) => file?.retain()))
    if (this.#closesOnExec) copy.#closesOnExec = new Set(this.#closesOnExec)
    return copy
  }

  get(descriptor: number): OpenFile | undefined {
    return this.#files[descriptor]
  }

  /** @throws SystemError EBADF */
  stream(descriptor: number): Stream {
    const file = this.#files[descriptor]
    if (!file) throw new SystemError('EBADF')
    return file.stream
  }

  /** Opens the lowest free descriptor from `least` on. */
  add(stream: Stream, least = 0): number {
    return this.addFile(new OpenFile(stream), least)
  }

  addFile(file: OpenFile, least = 0): number {
    let descriptor = least
    while (this.#files[descriptor]) descriptor++
    this.set(descriptor, file)
    return descriptor
  }

  /** Makes a descriptor lead to `file`, whatever it led to before (dup2(2)). */
  set(descriptor: number, file: OpenFile): void {
    file.retain()
    this.#files[descriptor]?.release()
    while (this.#files.length < descriptor) this.#files.push(undefined)
    this.#files[descriptor] = file
    this.#closesOnExec?.delete(descriptor)
  }

  close(descriptor: number): void {
    this.#files[descriptor]?.release()
    this.#files[descriptor] = undefined
  }

  /** The program that replaces this one does not get the descriptor. */
  closeOnExec(descriptor: number): void {
    this.#closesOnExec ??= new Set()
    this.#closesOnExec.add(descriptor)
  }

  closeForExec(): void {
    for (const descriptor of this.#closesOnExec ?? []) this.close(descriptor)
    this.#closesOnExec = undefined
  }

  /** What the descriptors lead to now, for `restore`. */
  save(): readonly (OpenFile | undefined)[] {
    return this.#files.map((file) => file?.retain())
  }

  restore(saved: readonly (OpenFile | undefined)[]): void {
    const present = this.#files
    this.#files = [...saved]
    for (const file of present) file?.release()
  }

  closeAll(): void {
    for (const file of this.#files) file?.release()
    this.#files = []
  }

  /** The numbers in use, in order. */
  get numbers(): number[] {
    return this.#files.flatMap((file, descriptor) => (file ? [descriptor] : []))
  }
}
