// How every claim compares a text: a string is the whole text, a pattern is found somewhere in it.

export function matches(text: string, wanted: string | RegExp): boolean {
  return typeof wanted === 'string' ? text === wanted : wanted.test(text)
}
