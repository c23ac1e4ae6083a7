// How a test is called in reports, in files and in seeds: without anything of the machine.

import { relative } from 'node:path'

/** What a test is known by. */
export interface TestKey {
  /** Relative to the project, with slashes. */
  readonly file: string
  /** The titles of its suites, then its own. */
  readonly title: readonly string[]
}

/** What mocha's tests have in common, in its own process and when they come from a worker. */
export interface NamedTest {
  readonly file?: string | undefined
  titlePath(): string[]
}

export function testKey(test: NamedTest): TestKey {
  const file = relative(process.cwd(), test.file ?? '').replaceAll('\\', '/')
  return { file, title: test.titlePath() }
}

/** The key as one text. */
export function keyText({ file, title }: TestKey): string {
  return JSON.stringify([file, ...title])
}
