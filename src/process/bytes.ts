// What flows through files, pipes and connections: byte strings, one character a byte.

/**
 * Bytes as a string whose every character is one byte (U+0000 to U+00FF). JavaScript keeps such strings at one byte
 * a character, joins them without copying, and text in ASCII is itself.
 */
export type Bytes = string

/** The UTF-8 bytes of a text. */
export function encode(text: string): Bytes {
  return isAscii(text) ? text : Buffer.from(text, 'utf8').toString('latin1')
}

/** The text that bytes spell in UTF-8; what is not UTF-8 becomes U+FFFD. */
export function decode(bytes: Bytes): string {
  return isAscii(bytes) ? bytes : Buffer.from(bytes, 'latin1').toString('utf8')
}

/** Whether a text is its own bytes. */
export function isAscii(text: string): boolean {
  return !/[\u0080-\uffff]/.test(text)
}
