// A command line cut into words, where no shell is wanted.

/** The words of a command line with quotes and backslashes, and nothing else of a shell. */
export function splitWords(text: string): string[] {
  const words: string[] = []
  for (const [word] of text.matchAll(/(?:\\[^]|"(?:\\[^]|[^"\\])*"|'[^']*'|[^\s'"\\])+/g))
    words.push(word.replace(/\\([^])|"((?:\\[^]|[^"\\])*)"|'([^']*)'/g, unquoted))
  return words
}

function unquoted(_: string, escaped?: string, double?: string, single?: string): string {
  return escaped ?? single ?? (double ?? '').replace(/\\(["\\$`])/g, '$1')
}
