// What a page is once it has been read: steps in the order of the page, each with the place where it stands.

/** One line of the page as its author wrote it, without the indent of the list or quote that it stands in. */
export interface SourceLine {
  readonly text: string
  /** 1-based line of the page. */
  readonly line: number
  /** Where `text` begins in the page, in UTF-16 units; it ends `text.length` later. */
  readonly offset: number
}

/** The output that the page shows for a command. */
export interface ExpectedOutput {
  readonly lines: readonly SourceLine[]
  /** The prose above says that the output is only similar to this. */
  readonly isSimilar: boolean
  /** How many commands before this one share the output: a fence of commands, then one of what they printed. */
  readonly sharedWith: number
}

/** Something typed into a terminal. */
export interface CommandStep {
  readonly kind: 'command'
  /** Which terminal of the page: a host's name, a name in parentheses, or `main`. */
  readonly terminal: string
  /** The prompt tells that this is typed into a shell inside a container. */
  readonly isInContainer: boolean
  /** What is typed: continuation lines and here-documents included, prompts left out. */
  readonly source: string
  readonly line: number
  readonly expected: ExpectedOutput | undefined
  /** The author ended the command with ^C. */
  readonly isInterrupted: boolean
}

/** A file that the page gives: typed in an editor, shown with `cat`, or a block that a later command names. */
export interface FileStep {
  readonly kind: 'file'
  /** The name that commands use; undefined while no command has named the block. */
  readonly name: string | undefined
  readonly content: string
  readonly line: number
}

/** A file of an example repository that a shortcode of the site includes. */
export interface IncludeStep {
  readonly kind: 'include'
  /** The path that the shortcode names, for example `pods/init-containers.yaml`. */
  readonly path: string
  readonly line: number
  /** What stands in the file; undefined while nobody has given it. */
  readonly content?: string
}

/** A sentence of ours in a comment: `<!-- podproof: expectPod('x').toBeReady() -->`. */
export interface ClaimStep {
  readonly kind: 'claim'
  readonly source: string
  /** The line on which the comment begins. */
  readonly line: SourceLine
}

export type Step = CommandStep | FileStep | IncludeStep | ClaimStep

/** A page that has been read. */
export interface Page {
  /** The path by which the page was asked for. */
  readonly path: string
  readonly text: string
  readonly steps: readonly Step[]
}

/** The line of that number (from 1), as it stands in the text of a page. */
export function lineAt(text: string, line: number): SourceLine {
  const lines = text.split('\n')
  const offset = lines.slice(0, line - 1).reduce((sum, before) => sum + before.length + 1, 0)
  return { text: lines[line - 1] ?? '', line, offset }
}
