// Signals: their names and numbers, and what they do to a process that made no arrangement.

/** The signals that occur here, by number as on Linux x86-64. */
export const signalNumbers = {
  HUP: 1,
  INT: 2,
  QUIT: 3,
  ILL: 4,
  TRAP: 5,
  ABRT: 6,
  BUS: 7,
  FPE: 8,
  KILL: 9,
  USR1: 10,
  SEGV: 11,
  USR2: 12,
  PIPE: 13,
  ALRM: 14,
  TERM: 15,
  STKFLT: 16,
  CHLD: 17,
  CONT: 18,
  STOP: 19,
  TSTP: 20,
  TTIN: 21,
  TTOU: 22,
  URG: 23,
  XCPU: 24,
  XFSZ: 25,
  VTALRM: 26,
  PROF: 27,
  WINCH: 28,
  POLL: 29,
  PWR: 30,
  SYS: 31,
} as const

/** A signal without its SIG prefix. */
export type SignalName = keyof typeof signalNumbers

/** How a process meets a signal: as the kernel would, not at all, or as the result of an effect. */
export type Disposition = 'default' | 'ignore' | 'catch'

/** What the kernel does with a signal that is neither ignored nor caught (signal(7)). */
export function defaultAction(signal: SignalName): 'terminate' | 'ignore' | 'stop' | 'continue' {
  switch (signal) {
    case 'CHLD':
    case 'URG':
    case 'WINCH':
      return 'ignore'
    case 'CONT':
      return 'continue'
    case 'STOP':
    case 'TSTP':
    case 'TTIN':
    case 'TTOU':
      return 'stop'
    default:
      return 'terminate'
  }
}

/** The signal that a name or number means: `TERM`, `SIGTERM`, `term`, `15`; undefined if none. */
export function signalNamed(text: string): SignalName | undefined {
  const name = text.toUpperCase().replace(/^SIG/, '')
  if (Object.hasOwn(signalNumbers, name)) return name as SignalName
  const number = /^\d+$/.test(text) ? Number(text) : undefined
  return signalNames.find((candidate) => signalNumbers[candidate] === number)
}

/** All names, in the order of their numbers. */
export const signalNames = Object.keys(signalNumbers) as SignalName[]
