// Whether kubectl will read its standard input: only then may it take what is typed.

const INTERACTIVE = /^(-[a-z]*i[a-z]*|--stdin(=true)?|--interactive(=true)?)$/

/** Whether a command line, without `kubectl` itself, reads stdin: a manifest from `-`, or an interactive command. */
export function readsStdin(argv: readonly string[]): boolean {
  const end = argv.indexOf('--')
  const own = end < 0 ? argv : argv.slice(0, end)
  return own.some((word, index) => isStdinFile(word, own[index - 1]) || isInteractive(word, own))
}

function isStdinFile(word: string, before: string | undefined): boolean {
  if (word === '-')
    return before !== undefined && /^(-f|-k|--filename|--from-file|--patch-file)$/.test(before)
  return /^(-f=?-|--filename=-|--from-file=([^=]+=)?(-|\/dev\/stdin)|--patch-file=-)$/.test(word)
}

/** `-i` is stdin for the commands that have it; for `delete` it is a question that wants an answer. */
function isInteractive(word: string, argv: readonly string[]): boolean {
  return INTERACTIVE.test(word) && argv.some((verb) => STDIN_VERBS.has(verb))
}

const STDIN_VERBS = new Set(['attach', 'debug', 'delete', 'exec', 'run'])
