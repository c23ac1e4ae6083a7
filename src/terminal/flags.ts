// Takes kubectl's command line apart as kubectl does (spf13/pflag): which flags it has, and where the value of each stands.

/** A flag with the place of its value in the command line. */
export interface Flag {
  /** `--filename`, `-f`. */
  readonly name: string
  /** Undefined where it has none. */
  readonly value: string | undefined
  /** The word in which the value stands, and what stands in that word before it. */
  readonly index: number
  readonly prefix: string
}

/** A command line in parts. What stands behind `--` is for a container, and no part of it. */
export interface CommandLine {
  readonly flags: readonly Flag[]
  /** The verb and what it is about, with their places. */
  readonly operands: readonly { readonly word: string; readonly index: number }[]
}

/** Letters that are flags without a value. */
const SWITCHES = 'AhiqtwR'

/** Flags of `kubectl logs` that take a value, or are files, with other verbs. */
const SWITCHES_OF_LOGS = 'fp'

/** Long flags that take the next word as their value (kubectl options; the verbs' own as far as a file or a name follows). */
const VALUE_FLAGS = new Set([
  '--as',
  '--as-group',
  '--as-uid',
  '--as-user-extra',
  '--cache-dir',
  '--cert',
  '--certificate-authority',
  '--client-certificate',
  '--client-key',
  '--cluster',
  '--container',
  '--context',
  '--custom',
  '--editor',
  '--field-selector',
  '--filename',
  '--from-env-file',
  '--from-file',
  '--grace-period',
  '--helm-command',
  '--image',
  '--key',
  '--kubeconfig',
  '--kuberc',
  '--kustomize',
  '--load-restrictor',
  '--log-flush-frequency',
  '--mount',
  '--namespace',
  '--network-name',
  '--output',
  '--output-directory',
  '--password',
  '--patch-file',
  '--profile',
  '--profile-output',
  '--proxy-url',
  '--request-timeout',
  '--selector',
  '--server',
  '--template',
  '--timeout',
  '--tls-server-name',
  '--token',
  '--user',
  '--username',
  '--v',
  '--vmodule',
])

/** Takes the words behind `kubectl` apart. */
export function commandLine(argv: readonly string[]): CommandLine {
  const end = argv.indexOf('--')
  const own = end < 0 ? argv : argv.slice(0, end)
  const isLogs = own.includes('logs')
  const flags: Flag[] = []
  const operands: { word: string; index: number }[] = []
  for (let index = 0; index < own.length; index++) {
    const word = own[index] ?? ''
    if (!word.startsWith('-') || word === '-') operands.push({ word, index })
    else {
      const found = word.startsWith('--') ? longFlag(own, index) : shortFlags(own, index, isLogs)
      flags.push(...found)
      index = Math.max(index, ...found.map((flag) => flag.index))
    }
  }
  return { flags, operands }
}

function longFlag(argv: readonly string[], index: number): Flag[] {
  const word = argv[index] ?? ''
  const at = word.indexOf('=')
  if (at >= 0)
    return [{ name: word.slice(0, at), value: word.slice(at + 1), index, prefix: word.slice(0, at + 1) }]
  if (!VALUE_FLAGS.has(word)) return [{ name: word, value: undefined, index, prefix: '' }]
  return [{ name: word, value: argv[index + 1], index: index + 1, prefix: '' }]
}

/** `-Rf x`, `-fx`, `-f=x`: letters without a value, and then at most one with it. */
function shortFlags(argv: readonly string[], index: number, isLogs: boolean): Flag[] {
  const word = argv[index] ?? ''
  const switches = isLogs ? SWITCHES + SWITCHES_OF_LOGS : SWITCHES
  const flags: Flag[] = []
  for (let at = 1; at < word.length; at++) {
    const name = `-${word[at]}`
    if (switches.includes(word[at] ?? '')) flags.push({ name, value: undefined, index, prefix: '' })
    else {
      const start = word[at + 1] === '=' ? at + 2 : at + 1
      const isNext = start >= word.length
      const value = isNext ? argv[index + 1] : word.slice(start)
      return [
        ...flags,
        { name, value, index: isNext ? index + 1 : index, prefix: isNext ? '' : word.slice(0, start) },
      ]
    }
  }
  return flags
}
