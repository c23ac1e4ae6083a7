// What a terminal's kubectl may be asked to do: everything to the cluster under test, and nothing to the host or beyond.

import { commandLine, type CommandLine, type Flag } from './flags.ts'

/** Flags that lead to another cluster, another identity, files of the host, or programs of the host. */
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
  '--context',
  '--edit',
  '--editor',
  '--enable-alpha-plugins',
  '--enable-exec',
  '--enable-helm',
  '--helm-command',
  '--insecure-skip-tls-verify',
  '--kubeconfig',
  '--kuberc',
  '--load-restrictor',
  '--mount',
  '--network',
  '--network-name',
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
  '--custom',
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

const REMOTE = /^[a-z][a-z0-9+.-]*:\/\/|^git@|^github\.com\//i

/** Why a command line is not passed on to the host's kubectl; undefined when it is. */
export function refusalOf(argv: readonly string[]): string | undefined {
  const line = commandLine(argv)
  const flag = line.flags.find(({ name }) => FORBIDDEN_FLAGS.has(name))
  if (flag !== undefined) return `${flag.name} leads away from the cluster under test`
  const [verb = '', subverb = ''] = line.operands.map(({ word }) => word)
  const reason = FORBIDDEN_VERBS[verb] ?? FORBIDDEN_VERBS[subverb === 'edit-last-applied' ? 'edit' : '']
  if (reason !== undefined) return `kubectl ${verb} ${reason}`
  if (verb === 'config' && !CONFIG_VERBS.test(subverb) && !setsNamespaceOnly(line)) {
    return `kubectl config ${subverb} would change which cluster is asked`
  }
  if (verb === 'config' && line.flags.some(({ name, value }) => name === '--raw' && value !== 'false'))
    return 'kubectl config view --raw would show credentials'
  const files = line.flags.filter((each) => isFileFlag(each, line)).map(({ value }) => value ?? '')
  if (verb === 'kustomize') files.push(subverb)
  const remote = files.flatMap((value) => value.split(',')).find((value) => REMOTE.test(value))
  return remote === undefined ? undefined : `${remote} lies outside of the cluster under test`
}

/** Whether the command line has kubectl build a kustomization. */
export function usesKustomize(argv: readonly string[]): boolean {
  const { flags, operands } = commandLine(argv)
  return operands[0]?.word === 'kustomize' || flags.some(({ name }) => /^(?:-k|--kustomize)$/.test(name))
}

/** The command line with every path of the terminal made one of the host: none can lead out of the terminal's files. */
export function fenced(argv: readonly string[], hostPath: (path: string) => string): string[] {
  const line = commandLine(argv)
  const words = [...argv]
  for (const flag of line.flags) {
    if (flag.value === undefined || words[flag.index] === undefined) continue
    if (isFileFlag(flag, line)) words[flag.index] = flag.prefix + withPath(flag.value, hostPath)
    else if (isOutput(flag)) words[flag.index] = flag.prefix + templateFile(flag.value, hostPath)
    else if (flag.name === '--template' && readsTemplateFile(line))
      words[flag.index] = flag.prefix + hostPath(flag.value)
  }
  for (const { word, index } of pathOperands(line)) words[index] = hostPath(word)
  return words
}

function isOutput({ name }: Flag): boolean {
  return name === '-o' || name === '--output'
}

/** `-o go-template-file --template=FILE` reads the file too. */
function readsTemplateFile({ flags }: CommandLine): boolean {
  return flags.some((flag) => isOutput(flag) && (flag.value ?? '').endsWith('file'))
}

/** `jsonpath-file=FILE` and its kin; every other format says nothing of files. */
function templateFile(value: string, hostPath: (path: string) => string): string {
  const [, form, file] = /^([a-z-]*file=)(.*)$/s.exec(value) ?? []
  return form === undefined || file === undefined ? value : form + hostPath(file)
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

/** `kubectl cp` copies between a Pod (`pod:path`) and a file of the terminal; `kubectl kustomize` reads a folder. */
function pathOperands({ operands }: CommandLine): CommandLine['operands'] {
  const [verb, ...rest] = operands
  if (verb?.word === 'kustomize') return rest
  return verb?.word === 'cp' ? rest.filter(({ word }) => !/^[^/]*:/.test(word)) : []
}

function setsNamespaceOnly({ flags, operands }: CommandLine): boolean {
  return (
    operands[1]?.word === 'set-context' &&
    flags.every(({ name }) => /^(?:--current|--namespace|-n)$/.test(name)) &&
    flags.some(({ name }) => name === '--current')
  )
}

/** `-f` of `logs` is --follow, which is no file. */
function isFileFlag({ name, value }: Flag, { operands }: CommandLine): boolean {
  return value !== undefined && FILE_FLAGS.has(name) && !(name === '-f' && operands[0]?.word === 'logs')
}
