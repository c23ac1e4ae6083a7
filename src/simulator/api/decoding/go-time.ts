// Instants as Go reads them: RFC 3339, and its words for what is none.

/** Layouts of metav1.Time and metav1.MicroTime. */
export const TIME_LAYOUT = '2006-01-02T15:04:05Z07:00'
export const MICRO_TIME_LAYOUT = '2006-01-02T15:04:05.000000Z07:00'

/** The parts of a layout as Go names them, each with what it takes. */
const PARTS: readonly (readonly [string, RegExp])[] = [
  ['2006', /^\d{4}/],
  ['-', /^-/],
  ['01', /^\d\d/],
  ['-', /^-/],
  ['02', /^\d\d/],
  ['T', /^T/],
  ['15', /^\d\d/],
  [':', /^:/],
  ['04', /^\d\d/],
  [':', /^:/],
  ['05', /^\d\d/],
]
const FRACTION = ['.000000', /^\.\d{6}/] as const
const ZONE = ['Z07:00', /^(Z|[+-]\d\d:\d\d)$/] as const

/** What is wrong with a text as an instant of a layout; undefined if nothing is (time.Parse). */
export function timeMistake(text: string, layout: string): string | undefined {
  const parts = layout === MICRO_TIME_LAYOUT ? [...PARTS, FRACTION, ZONE] : [...PARTS, ZONE]
  let rest = text
  for (const [name, pattern] of parts) {
    // Fractions of a second are read even where the layout has none.
    if (name === 'Z07:00') rest = rest.replace(/^\.\d+/, '')
    const found = pattern.exec(rest)
    if (!found)
      return `${head(text, layout)}: cannot parse ${JSON.stringify(rest)} as ${JSON.stringify(name)}`
    rest = rest.slice(found[0].length)
  }
  return Number.isNaN(Date.parse(text)) ? `${head(text, layout)}: day out of range` : undefined
}

function head(text: string, layout: string): string {
  return `parsing time ${JSON.stringify(text)} as ${JSON.stringify(layout)}`
}
