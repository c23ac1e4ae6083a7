// Writes the reference pages of docs/ out of the code, so that they cannot rot: `PODPROOF_UPDATE_GOLDEN=1` rewrites them.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { VERBS } from '../../src/cli/verbs.ts'
import { CLUSTERS } from '../../src/mocha/clusters.ts'
import { programs } from '../../src/process/programs/programs.ts'
import { images } from '../../src/simulator/images/images.ts'
import { kinds } from '../../src/simulator/kinds/kinds.ts'
import { CAUSES } from '../../src/why/causes.ts'
import { root } from '../house/imports.ts'

/** docs/reference.md: what the simulator and the command line have, out of the lists of the code. */
export function referencePage(): string {
  return [
    '# Reference',
    'This page is generated from the lists in the code.',
    '## Verbs of the command line',
    sentences(VERBS.map(({ name }) => name)),
    '## Clusters',
    sentences(Object.keys(CLUSTERS)),
    '## Kinds that the simulator serves',
    table(
      ['kind', 'served as', 'short names', 'namespaced'],
      kinds.map(({ kind, group, version, plural, shortNames = [], namespaced }) => [
        kind,
        `${group ? `${group}/` : ''}${version} ${plural}`,
        shortNames.join(', '),
        namespaced ? 'yes' : 'no',
      ]),
    ),
    '## Images that the simulator has',
    sentences([...new Set(images.map(({ repository, tag }) => `${repository}:${tag}`))]),
    'A repository that is not here does not exist for the simulator; `images` in podproof.config.ts lets a name of yours stand for one of these.',
    '## Programs that containers and terminals can run',
    sentences(Object.keys(programs)),
    '## Causes that a failure can name',
    sentences(CAUSES.map(({ name }) => name)),
    '',
  ].join('\n\n')
}

/** docs/sentences.md: every sentence, out of the declarations in src/expect. */
export function sentencesPage(): string {
  const groups: readonly [title: string, file: string, name: string][] = [
    ['`expectPod(name)`', 'expect-pod.ts', 'PodClaims'],
    ['`expectPod(name).container(name)`', 'expect-pod.ts', 'ContainerClaims'],
    ['`expectPod(name).logs`', 'expect-pod.ts', 'LogClaims'],
    ['`expectNode(name)`', 'expect-node.ts', 'NodeClaims'],
    ['`expectService(name)`', 'expect-service.ts', 'ServiceClaims'],
    ['`expectObject(reference)`', 'expect-object.ts', 'ObjectClaims'],
    ['`expectApply(manifest)`', 'expect-apply.ts', 'ApplyClaims'],
  ]
  return [
    '# Sentences',
    'This page is generated from the declarations in src/expect.',
    "A claim waits for what it says, from where the last claim about that object held, and for at most a minute of cluster time unless it says `{ within: '5m' }`. It fails as soon as it can no longer come true. A claim that is never awaited fails the test.",
    '## `cluster`: what a spec does',
    table(['word', 'what it does'], words()),
    ...groups.flatMap(([title, file, name]) => [
      `## ${title}`,
      table(['sentence', 'what it claims'], members(file, name)),
    ]),
    '',
  ].join('\n\n')
}

/** The members of an interface with the first sentence of their comments. */
function members(file: string, name: string): string[][] {
  const text = readFileSync(join(root, 'src/expect', file), 'utf8')
  const body = new RegExp(`export interface ${name}[^{]*\\{\\n([\\s\\S]*?)\\n\\}`).exec(text)?.[1]
  if (body === undefined) throw new Error(`src/expect/${file} declares no ${name}`)
  const declarations = [
    ...body.matchAll(/(?:\/\*\*\s*([\s\S]*?)\s*\*\/\n\s*)?(?:readonly )?(\w+)(\([^)]*\))?:/g),
  ]
  return declarations.map(([, comment = '', member = '', parameters = '']) => [
    `\`${member}${parameters}\``,
    comment.replace(/\s*\n\s*\*\s*/g, ' ').replaceAll('|', '\\|'),
  ])
}

/** What `cluster` offers, with the comments of its words. */
function words(): string[][] {
  const text = readFileSync(join(root, 'src/expect/cluster.ts'), 'utf8')
  const body = /export const cluster = \{\n([\s\S]*?)\n\}/.exec(text)?.[1] ?? ''
  const found = [...body.matchAll(/\/\*\* ([^\n]*?) \*\/\n {2}(get )?(\w+)\(([^)]*)\)/g)]
  return found.map(([, comment = '', getter, name = '', parameters = '']) => [
    getter ? `\`${name}\`` : `\`${name}(${parameters})\``,
    comment.replaceAll('|', '\\|'),
  ])
}

function sentences(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(', ')
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows]
    .map((row) => `| ${row.map((cell) => cell.replaceAll(/(?<!\\)\|/g, '\\|')).join(' | ')} |`)
    .join('\n')
}
