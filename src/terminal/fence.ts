// What a terminal's kubectl may be asked to do: everything to the cluster under test, and nothing to the host or beyond.

/** Flags that lead to another cluster, another identity, or files of the host. */
const FORBIDDEN_FLAGS = new Set([
  '--as',
  '--as-group',
  '--as-uid',
  '--as-user-extra',
  '--cache-dir',
  '--certificate-authority',
  '--client-certificate',
  '--client-key',
  '--cluster',
  '--insecure-skip-tls-verify',
  '--kubeconfig',
  '--kuberc',
  '--password',
  '--profile-output',
  '--proxy-url',
  '--server',
  '--tls-server-name',
  '--token',
  '--user',
  '--username',
  '-s',
])

/** Flags whose value is a file or a folder, as it is or behind `key=`. */
const FILE_FLAGS = new Set([
  '--cert',
  '--editor',
  '--filename',
  '--from-env-file',
  '--from-file',
  '--key',
  '--kustomize',
  '--output-directory',
  '--patch-file',
  '-f',
  '-k',
])

/** Verbs that act on the host, and what they do there. */
const FORBIDDEN_VERBS: Readonly<Record<string, string>> = {
  edit: 'starts an editor of the host',
  kuberc: 'changes the settings of kubectl itself',
  'port-forward': 'opens a port on the host',
  plugin: 'starts programs of the host',
  proxy: 'opens a port on the host',
}

/** What of `kubectl config` reads, or changes nothing but the namespace. */
const CONFIG_VERBS = /^(?:current-context|get-clusters|get-contexts|get-users|view)$/

/** Flags that take a value as the next word, as far as they may stand before a verb or an operand. */
const VALUE_FLAGS = new Set([
  '-n',
  '--namespace',
  '--context',
  '-c',
  '--container',
  '-l',
  '--selector',
  '-o',
  '--output',
  '-v',
])

/** Why a command line is not passed on to the host's kubectl; undefined when it is. */
export function refusalOf(argv: readonly string[]): string | undefined {
  const own = beforeDoubleDash(argv)
  const flag = own.find((word) => FORBIDDEN_FLAGS.has(nameOf(word)))
  if (flag !== undefined) return `${nameOf(flag)} leads away from the cluster under test`
  const [verb = '', subverb = ''] = operands(own)
  const reason = FORBIDDEN_VERBS[verb]
  if (reason !== undefined) return `kubectl ${verb} ${reason}`
  if (verb === 'config' && !CONFIG_VERBS.test(subverb) && !setsNamespaceOnly(own)) {
    return `kubectl config ${subverb} would change which cluster is asked`
  }
  const remote = fileValues(own).find((value) => /^[a-z][a-z0-9+.-]*:\/\/|^git@|^github\.com\//i.test(value))
  return remote === undefined ? undefined : `${remote} lies outside of the cluster under test`
}

/** The command line with every path of the terminal made one of the host: none can lead out of the terminal's files. */
export function fenced(argv: readonly string[], hostPath: (path: string) => string): string[] {
  const own = beforeDoubleDash(argv)
  return argv.map((word, index) => {
    if (index >= own.length) return word
    const flag = own[index - 1] ?? ''
    if (isFileFlag(flag, own)) return withPath(word, hostPath)
    const [, name = '', value = ''] = /^(--?[a-z-]+)=(.*)$/s.exec(word) ?? []
    if (isFileFlag(name, own)) return `${name}=${withPath(value, hostPath)}`
    if (isAttachedFile(word)) return `${word.slice(0, 2)}${withPath(word.slice(2), hostPath)}`
    if (/^(?:go-template|jsonpath|custom-columns|templatefile|template)-?file=/.test(value))
      return word.replace(value, templateFile(value, hostPath))
    return isCopyOperand(word, own) ? hostPath(word) : word
  })
}

function templateFile(value: string, hostPath: (path: string) => string): string {
  const at = value.indexOf('=')
  return `${value.slice(0, at + 1)}${hostPath(value.slice(at + 1))}`
}

/** `-fpod.yaml`, but not `-f` for `--follow` or a bundle of letters. */
function isAttachedFile(word: string): boolean {
  return /^-[fk][^=]/.test(word) && /[./]/.test(word)
}

/** `-` is standard input; `key=path` names a key. */
function withPath(value: string, hostPath: (path: string) => string): string {
  if (value === '-' || /^[a-z][a-z0-9+.-]*:\/\//i.test(value)) return value
  const [, key = '', path = value] = /^([\w.-]+=)(.*)$/s.exec(value) ?? []
  return path
    .split(',')
    .map((part) => (part === '-' ? part : key + hostPath(part)))
    .join(',')
}

/** `kubectl cp` copies between a Pod (`pod:path`) and a file of the terminal. */
function isCopyOperand(word: string, argv: readonly string[]): boolean {
  return (
    operands(argv)[0] === 'cp' &&
    word !== 'cp' &&
    !word.startsWith('-') &&
    operands(argv).includes(word) &&
    !/^[^/]*:/.test(word)
  )
}

function setsNamespaceOnly(argv: readonly string[]): boolean {
  const [, subverb] = operands(argv)
  const flags = argv.filter((word) => word.startsWith('-'))
  return (
    subverb === 'set-context' &&
    flags.every((word) => /^(?:--current(?:=true)?|--namespace(?:=.*)?|-n)$/.test(word))
  )
}

function fileValues(argv: readonly string[]): string[] {
  return argv.flatMap((word, index) => {
    const [, name = '', value = ''] = /^(--?[a-z-]+)=(.*)$/s.exec(word) ?? []
    if (isFileFlag(name, argv)) return [value]
    if (isAttachedFile(word)) return [word.slice(2)]
    return isFileFlag(argv[index - 1] ?? '', argv) ? [word] : []
  })
}

/** `-f` of `logs` is --follow. */
function isFileFlag(word: string, argv: readonly string[]): boolean {
  return FILE_FLAGS.has(word) && !(word === '-f' && operands(argv)[0] === 'logs')
}

/** What stands behind `--` is for a container. */
function beforeDoubleDash(argv: readonly string[]): readonly string[] {
  const end = argv.indexOf('--')
  return end < 0 ? argv : argv.slice(0, end)
}

function operands(argv: readonly string[]): string[] {
  return argv.filter(
    (word, index) =>
      !word.startsWith('-') &&
      !VALUE_FLAGS.has(argv[index - 1] ?? '') &&
      !FILE_FLAGS.has(argv[index - 1] ?? ''),
  )
}

function nameOf(word: string): string {
  return word.split('=')[0] ?? word
}
