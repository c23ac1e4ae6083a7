// Backslash escapes in the arguments of echo, printf and tr.

import { encode } from '../bytes.ts'

const simple: Readonly<Record<string, string>> = {
  '\\': '\\',
  a: '\x07',
  b: '\b',
  e: '\x1b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
}

/** A text with its escapes replaced. `\c` cuts it. For echo and `%b` octal escapes begin with a 0. */
export function unescape(
  text: string,
  style: 'echo' | 'printf',
): { readonly text: string; readonly isCut: boolean } {
  let result = ''
  for (let i = 0; i < text.length; i++) {
    if (text[i] !== '\\') {
      result += text[i]
      continue
    }
    const rest = text.slice(i + 1)
    if (rest.startsWith('c')) return { text: result, isCut: true }
    const octal = (style === 'echo' ? /^0?[0-7]{1,3}/ : /^[0-7]{1,3}/).exec(rest)
    const hex = /^x([0-9a-fA-F]{1,2})/.exec(rest)
    const unicode = /^u([0-9a-fA-F]{1,4})/.exec(rest)
    if (octal) result += String.fromCharCode(parseInt(octal[0], 8) & 255)
    else if (hex) result += String.fromCharCode(parseInt(hex[1] as string, 16))
    else if (unicode) result += encode(String.fromCodePoint(parseInt(unicode[1] as string, 16)))
    else result += simple[rest[0] ?? ''] ?? `\\${rest[0] ?? ''}`
    i += (octal ?? hex ?? unicode)?.[0].length ?? 1
  }
  return { text: result, isCut: false }
}
