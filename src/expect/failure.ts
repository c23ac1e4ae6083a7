// What is thrown when a claim does not hold: what was expected, what was seen, when, why, and what to do next.

/** One line of a timeline: an offset and what was seen from then on. */
export interface TimelineLine {
  /** Milliseconds after the first line's object appeared. */
  readonly offsetMs: number
  readonly text: string
  /** What is remarkable about this line: `58.8s here`. */
  readonly remark?: string
}

export interface FailureFacts {
  /** The claim as it was written. */
  readonly claim: string
  readonly expected: string
  readonly received: string
  readonly timeline?: readonly TimelineLine[]
  readonly because?: string
  readonly next?: string
  readonly cause?: unknown
}

/** A claim that failed. Its message is rendered from its facts, which stay readable as fields. */
export class ClaimFailure extends Error {
  readonly claim: string
  readonly expected: string
  readonly received: string
  readonly timeline: readonly TimelineLine[]
  readonly because: string | undefined
  readonly next: string | undefined

  constructor(facts: FailureFacts) {
    super(render(facts), { cause: facts.cause })
    this.name = 'ClaimFailure'
    this.claim = facts.claim
    this.expected = facts.expected
    this.received = facts.received
    this.timeline = facts.timeline ?? []
    this.because = facts.because
    this.next = facts.next
  }

  /** Mocha diffs `expected` and `received` of errors that ask for it: these are sentences, not values. */
  readonly showDiff = false
}

/** The message of a failure: a headline, then one labelled paragraph for each fact that is known. */
function render(facts: FailureFacts): string {
  const timeline = (facts.timeline ?? []).map(timelineText)
  const paragraphs = [
    paragraph('Expected', facts.expected.split('\n')),
    paragraph('Received', facts.received.split('\n')),
    paragraph('Timeline', timeline),
    paragraph('Because', (facts.because ?? '').split('\n')),
    paragraph('Next', (facts.next ?? '').split('\n')),
  ]
  return `${facts.claim} failed\n\n${paragraphs.filter((text) => text !== '').join('\n')}\n`
}

const LABEL_WIDTH = 10

function paragraph(label: string, lines: readonly string[]): string {
  if (lines.length === 0 || (lines.length === 1 && lines[0] === '')) return ''
  return lines
    .map((line, index) => `  ${(index === 0 ? label : '').padEnd(LABEL_WIDTH)}${line}`.trimEnd())
    .join('\n')
}

function timelineText({ offsetMs, text, remark }: TimelineLine): string {
  const line = `+${(offsetMs / 1_000).toFixed(2)}s ${text}`
  return remark === undefined ? line : `${line}   <- ${remark}`
}
