// Two answers side by side: what was drawn or counted is paired, everything else has to be the same.

/** What the recorded server drew, and what ours drew in its place. */
export class Pairs {
  readonly #ours = new Map<string, string>()

  learn(recorded: string, ours: string): void {
    if (recorded !== '' && !this.#ours.has(recorded)) this.#ours.set(recorded, ours)
  }

  /** A recorded text as it would be among what ours drew: word by word. */
  translate(text: string): string {
    return text.replace(/[\w-]+(?:\.[\w-]+)*/g, (word) => this.#ours.get(word) ?? word)
  }
}

/** Where two answers differ: `spec.containers[0].image: "a" is not "b"`. */
export interface Difference {
  readonly path: string
  readonly expected: unknown
  readonly received: unknown
}

/** Fields whose values are drawn, counted or read off a clock, and descriptions, which are everybody's own words. */
const DRAWN = new Set([
  'buildDate',
  'clusterIP',
  'clusterIPs',
  'continue',
  'creationTimestamp',
  'crt',
  'deletionTimestamp',
  'description',
  'gitCommit',
  'goVersion',
  'lastTransitionTime',
  'nodePort',
  'resourceVersion',
  'serverAddress',
  'time',
  'uid',
])

/** Compares, and learns pairs on the way. */
export function differences(
  expected: unknown,
  received: unknown,
  pairs: Pairs,
  path = '',
): readonly Difference[] {
  if (typeof expected === 'string' && typeof received === 'string')
    return compareTexts(expected, received, pairs, path)
  if (Array.isArray(expected) && Array.isArray(received)) return compareLists(expected, received, pairs, path)
  if (isObject(expected) && isObject(received)) return compareObjects(expected, received, pairs, path)
  return JSON.stringify(expected) === JSON.stringify(received) ? [] : [{ path, expected, received }]
}

function compareTexts(expected: string, received: string, pairs: Pairs, path: string): readonly Difference[] {
  const isPaired = isDrawn(path) || blotted(pairs.translate(expected)) === blotted(received)
  if (!isPaired) return [{ path, expected, received }]
  pairs.learn(expected, received)
  return []
}

function compareLists(
  expected: readonly unknown[],
  received: readonly unknown[],
  pairs: Pairs,
  path: string,
): readonly Difference[] {
  const length = Math.max(expected.length, received.length)
  return Array.from({ length }, (_, index) => index).flatMap((index) =>
    differences(expected[index], received[index], pairs, `${path}[${index}]`),
  )
}

function compareObjects(
  expected: Readonly<Record<string, unknown>>,
  received: Readonly<Record<string, unknown>>,
  pairs: Pairs,
  path: string,
): readonly Difference[] {
  const keys = [...new Set([...Object.keys(expected), ...Object.keys(received)])]
  return (
    keys
      // Most recordings leave the owners of fields out.
      .filter((key) => key !== 'managedFields' || expected[key] !== undefined)
      .flatMap((key) => differences(expected[key], received[key], pairs, path ? `${path}.${key}` : key))
  )
}

function isDrawn(path: string): boolean {
  return DRAWN.has(/(\w+)(?:\[\d+\])?$/.exec(path)?.[1] ?? '')
}

/** Texts without what is drawn inside of them. */
function blotted(text: string): string {
  return (
    text
      // What follows a refused change of a Pod is a diff of Go's own structs, which no client reads.
      .replace(/\n(@@|  core\.PodSpec).*$/s, '')
      .replaceAll(/-[b-z2-9]{5}(?![\w])/g, '-?????')
      .replaceAll(/\b10\.\d+\.\d+\.\d+\b/g, '10.?.?.?')
      .replaceAll(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, '<uid>')
      .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '<time>')
      .replaceAll(/(resource version: \d+, current: )\d+/g, '$1?')
      .replaceAll(/(too old resource version: \d+ \()\d+/g, '$1?')
      .replaceAll(/^(<unknown>|\d+[smh](\d+[smh])?)$/g, '<age>')
  )
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
