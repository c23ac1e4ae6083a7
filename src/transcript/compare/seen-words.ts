// Says a command of the page in the words of the replay: names that every run makes anew, and numbers of processes.

import type { Bindings } from './bindings.ts'
import { tokenize } from './token.ts'

/** The command with each name and address that stands for one of the replay put in its words. */
export function inSeenWords(source: string, bindings: Bindings): string {
  const words = new Map<string, string>()
  for (const token of tokenize(source)) {
    const seen =
      token.kind === 'suffix' || token.kind === 'address' ? bindings.seen(token.kind, token.text) : undefined
    if (seen !== undefined && 'text' in token) words.set(token.text, seen)
  }
  const named = [...words].reduce((text, [page, seen]) => text.replaceAll(page, seen), source)
  return withProcesses(named, bindings)
}

/** Numbers are processes only where a command says so: `kill -HUP 8`, `/proc/8/root`. */
function withProcesses(source: string, bindings: Bindings): string {
  const seen = (pid: string) => bindings.seen('pid', pid) ?? pid
  return source
    .replace(/(?<=\/proc\/)\d+/g, seen)
    .replace(/(?<=(?:^|[;&|]\s*)kill(?: -\w+)*)((?: \d+)+)/g, (pids) => pids.replace(/\d+/g, seen))
}
