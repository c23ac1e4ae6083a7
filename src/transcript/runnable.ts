// Tells which commands of a page can be run, who runs them, and for the others why not.

import { parse } from 'unbash'
import type { CommandStep } from './page.ts'

/** Who runs a command. */
export type Runner =
  /** Our shell in a terminal, with kubectl as the one host program. */
  | { readonly by: 'terminal' }
  /** Typed into a shell that is open in a container. */
  | { readonly by: 'container' }
  /** Answered out of what the node knows of its containers. */
  | { readonly by: 'node'; readonly view: 'crictl ps' | 'docker ps' }
  | { readonly by: 'nobody'; readonly reason: string }

/** Programs that no terminal of ours has, and what they would have been for. */
const NOT_HERE: Readonly<Record<string, string>> = {
  apt: 'installs software on the host',
  'apt-get': 'installs software on the host',
  brew: 'installs software on the host',
  choco: 'installs software on the host',
  crictl: 'looks at a node: only `crictl ps` is answered, out of what the node knows of its containers',
  ctr: 'looks at the runtime of a node',
  curl: 'reaches out of the cluster under test',
  docker:
    'speaks to a container engine: only `docker ps` is answered, out of what the node knows of its containers',
  git: 'works on a repository of the host',
  helm: 'is another client than kubectl',
  istioctl: 'is another client than kubectl',
  k3d: 'makes or changes a cluster',
  kind: 'makes or changes a cluster',
  kubeadm: 'makes or changes a cluster',
  kustomize: 'is another client than kubectl',
  minikube: 'makes or changes a cluster',
  nerdctl: 'speaks to a container engine',
  podman: 'speaks to a container engine',
  service: 'changes a service of the host',
  ssh: 'opens a shell on another machine',
  systemctl: 'changes a service of the host',
  wget: 'reaches out of the cluster under test',
  yum: 'installs software on the host',
}

/** Subcommands of kubectl that act on the host or never end, and would say nothing about the cluster. */
const KUBECTL_NOT_RUN: Readonly<Record<string, string>> = {
  completion: "writes a script for the host's shell",
  edit: 'opens an editor',
  plugin: 'starts programs of the host',
  proxy: 'opens a port on the host until it is stopped',
}

/** Who runs a command of the page. */
export function runnerOf(step: CommandStep): Runner {
  const placeholder = /<[a-z][\w -]*>|\b(?:YOUR|MY)[-_][A-Z_-]+\b/.exec(withoutQuotes(step.source))?.[0]
  if (placeholder)
    return { by: 'nobody', reason: `${placeholder} stands for something that the reader has to fill in` }
  if (step.isInContainer) return inContainer(step)
  const commands = simpleCommands(step.source).map((words) => (words[0] === 'sudo' ? words.slice(1) : words))
  const [first] = commands
  if (commands.length === 1 && first && isPs(first))
    return { by: 'node', view: first[0] === 'docker' ? 'docker ps' : 'crictl ps' }
  for (const words of commands) {
    const reason = reasonNotToRun(words)
    if (reason) return { by: 'nobody', reason }
  }
  return { by: 'terminal' }
}

/** A container of the cluster under test reaches no package archive. */
function inContainer({ source }: CommandStep): Runner {
  const installer = simpleCommands(source).find(([program = '']) =>
    /^(?:apk|apt|apt-get|dnf|npm|pip|pip3|yum)$/.test(program),
  )?.[0]
  if (installer === undefined) return { by: 'container' }
  return { by: 'nobody', reason: `${installer} installs software from outside of the cluster` }
}

function isPs(words: readonly string[]): boolean {
  const [program, ...rest] = words
  if (program !== 'docker' && program !== 'crictl') return false
  const verb = rest[0] === 'container' ? rest[1] : rest[0]
  return verb === 'ps' || (rest[0] === 'container' && verb === 'ls')
}

function reasonNotToRun(words: readonly string[]): string | undefined {
  const [program = '', ...rest] = words
  const reason = NOT_HERE[program]
  if (reason) return `${program} ${reason}`
  if (program !== 'kubectl') return undefined
  const verb = rest.find((word, index) => !word.startsWith('-') && !isValueFlag(rest[index - 1])) ?? ''
  if (
    verb === 'config' &&
    !/\b(?:current-context|get-\w+|view)\b/.test(rest.join(' ')) &&
    !setsNamespace(rest)
  )
    return 'kubectl config changes the kubeconfig, which belongs to the cluster under test'
  const kubectlReason = KUBECTL_NOT_RUN[verb]
  return kubectlReason && `kubectl ${verb} ${kubectlReason}`
}

/** `kubectl config set-context --current --namespace=x`: the cluster that is asked stays the same. */
function setsNamespace(words: readonly string[]): boolean {
  return (
    words.includes('set-context') &&
    words.includes('--current') &&
    words.some((word) => /^--namespace(?:=|$)/.test(word))
  )
}

/** Flags that may stand before kubectl's verb, with their value as a word of its own. */
function isValueFlag(word: string | undefined): boolean {
  return /^(?:-n|-s|--namespace|--context|--cluster|--user|--server|--kubeconfig)$/.test(word ?? '')
}

/** The words of every simple command in a script, those in loops and pipelines too. */
export function simpleCommands(source: string): string[][] {
  const found: string[][] = []
  visit(parse(source), (node) => {
    if (node['type'] !== 'Command') return
    const words = [node['name'], ...asArray(node['suffix'])].map(textOf).filter((word) => word !== '')
    if (words.length > 0) found.push(words)
  })
  return found
}

type TreeNode = Readonly<Record<string, unknown>>

function visit(value: unknown, take: (node: TreeNode) => void): void {
  if (Array.isArray(value)) value.forEach((item) => visit(item, take))
  else if (typeof value === 'object' && value !== null) {
    const node = (
      'toJSON' in value && typeof value.toJSON === 'function' ? value.toJSON() : value
    ) as TreeNode
    if (typeof node['type'] === 'string') take(node)
    Object.values(node).forEach((child) => visit(child, take))
  }
}

function asArray(value: unknown): unknown[] {
  return Array.isArray(value) ? value : []
}

function textOf(word: unknown): string {
  const { text, value } = (word ?? {}) as { text?: unknown; value?: unknown }
  return typeof value === 'string' ? value : typeof text === 'string' ? text : ''
}

function withoutQuotes(source: string): string {
  return source.replace(/'[^']*'|"[^"]*"/g, '').replace(/<<-?\s*\S+[\s\S]*/, '')
}
