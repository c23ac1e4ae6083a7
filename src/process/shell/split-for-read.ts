// How `read` splits a line: like fields, but the last variable takes the rest.

import type { Bytes } from '../bytes.ts'

/** Up to `count` fields of a line. A NUL before a character says that it was escaped and separates nothing. */
export function splitForRead(line: Bytes, separators: string, count: number): readonly Bytes[] {
  const isSpace = (char: string | undefined) =>
    char !== undefined && ' \t\n'.includes(char) && separators.includes(char)
  const isSeparator = (char: string | undefined) => char !== undefined && separators.includes(char)
  const fields: Bytes[] = []
  let at = 0
  while (isSpace(line[at])) at++
  while (fields.length < count - 1 && at < line.length) {
    let field = ''
    while (at < line.length && !isSeparator(line[at])) {
      if (line[at] === '\0') field += line[at++]
      field += line[at++] ?? ''
    }
    fields.push(field)
    while (isSpace(line[at])) at++
    if (isSeparator(line[at]) && !isSpace(line[at])) {
      at++
      while (isSpace(line[at])) at++
    }
  }
  if (at < line.length) fields.push(withoutLastSeparator(line.slice(at), isSpace, isSeparator))
  return fields
}

/** The rest loses spaces at its end, and one separator if that is the only one in it. */
function withoutLastSeparator(
  rest: Bytes,
  isSpace: (char: string | undefined) => boolean,
  isSeparator: (char: string | undefined) => boolean,
): Bytes {
  const trimmed = trimEnd(rest, isSpace)
  const last = trimmed.length - 1
  const isOnlyOne =
    isSeparator(trimmed[last]) &&
    trimmed[last - 1] !== '\0' &&
    !trimmed.slice(0, last).split('').some(isSeparator)
  return isOnlyOne ? trimEnd(trimmed.slice(0, last), isSpace) : trimmed
}

function trimEnd(text: Bytes, isSpace: (char: string | undefined) => boolean): Bytes {
  let end = text.length
  while (end > 0 && isSpace(text[end - 1]) && text[end - 2] !== '\0') end--
  return text.slice(0, end)
}
