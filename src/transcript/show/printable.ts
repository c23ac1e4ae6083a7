// Makes control characters visible, so that nothing that a page or a program printed can steer the reader's terminal.

/** The text with every control character but tab and line feed as its picture: ESC becomes `␛`. */
export function printable(text: string): string {
  return text.replace(CONTROLS, pictureOf)
}

/** C0 without tab and line feed, DEL, C1, and the marks that turn the direction of writing. */
// oxlint-disable-next-line no-control-regex
const CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g

/** Unicode has pictures for C0 from U+2400 on, and for DEL; the others are told by their number. */
function pictureOf(control: string): string {
  const code = control.charCodeAt(0)
  if (code < 0x20) return String.fromCharCode(0x2400 + code)
  return code === 0x7f ? '\u2421' : `<U+${code.toString(16).toUpperCase().padStart(4, '0')}>`
}
