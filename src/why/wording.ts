// Phrases that causes have in common.

/** 'once', 'twice', '29 times' */
export function times(count: number): string {
  return ['never', 'once', 'twice'][count] ?? `${count} times`
}

/** '12.3s' */
export function seconds(ms: number): string {
  return `${(ms / 1_000).toFixed(1)}s`
}

/** A text of the cluster on one line, without its end: probe outputs carry line breaks. */
export function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim()
}
