// Reads a sentence of ours in a comment of a page as what it is: literal calls, one after the other. Nothing is evaluated.

import { Cursor, type Literal, readArguments } from './literal.ts'

/** `.name` or `.name(args)`. */
export interface Part {
  readonly name: string
  /** Undefined when it is no call. */
  readonly args: readonly Literal[] | undefined
}

/** The parts of a claim, for example `expectPod('x')`, `.toStay('Init:0/2')`, `.for('1m')`. Throws ClaimSyntaxError. */
export function parseClaim(source: string): readonly Part[] {
  const cursor = new Cursor(source.replace(/^\s*await\s+/, ''))
  const parts: Part[] = []
  do parts.push(readPart(cursor))
  while (cursor.takes('.'))
  cursor.takes(';')
  if (!cursor.isAtEnd) throw cursor.expected('a dot or the end of the claim')
  return parts
}

function readPart(cursor: Cursor): Part {
  const name = cursor.match(/[A-Za-z]\w*/y)
  if (name === undefined) throw cursor.expected('a name')
  return { name, args: cursor.takes('(') ? readArguments(cursor) : undefined }
}
