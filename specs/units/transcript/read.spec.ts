// What the reader makes of pages: which blocks were typed, printed or saved.

import { expect } from 'chai'
import type { CommandStep, Step } from '../../../src/transcript/page.ts'
import { readPage } from '../../../src/transcript/read.ts'

/** A page's steps, a line each: what a person would jot down while reading it. */
function outline(text: string): string[] {
  return readPage('page.md', text).steps.map(jot)
}

function jot(step: Step): string {
  if (step.kind === 'command')
    return `${step.terminal}${step.isInContainer ? ' (in container)' : ''}> ${shown(step)}`
  if (step.kind === 'file') return `file ${step.name ?? '?'}: ${step.content.trim().replaceAll('\n', ' / ')}`
  return step.kind === 'include' ? `include ${step.path}` : `claim ${step.source}`
}

function shown({ source, expected, isInterrupted }: CommandStep): string {
  const output = expected ? ` => ${expected.lines.map(({ text }) => text).join(' / ')}` : ''
  return source.replaceAll('\n', ' / ') + output + (isInterrupted ? ' ^C' : '')
}

function fence(language: string, ...lines: string[]): string {
  return ['```' + language, ...lines, '```', ''].join('\n')
}

describe('a page', () => {
  const cases: readonly [title: string, page: string, steps: readonly string[]][] = [
    [
      'gives each host of a root prompt a terminal of its own, and takes remarks between commands for no output',
      fence(
        'shell',
        '[root@a ~]# kubectl get po',
        'NAME',
        '',
        '# meanwhile',
        '[root@b test]# kubectl get no',
        'NAME',
      ),
      ['a> kubectl get po => NAME', 'b> kubectl get no => NAME'],
    ],
    [
      'gives a file where an editor is opened',
      fence(
        'shell',
        '[root@a ~]# vim p.yaml',
        'kind: Pod',
        'metadata: {}',
        '',
        '[root@a ~]# kubectl create -f p.yaml',
      ),
      ['file p.yaml: kind: Pod / metadata: {}', 'a> kubectl create -f p.yaml'],
    ],
    [
      'joins continuation lines, quotes and here-documents to one command',
      fence(
        'console',
        '$ kubectl run a \\',
        '  --image=b',
        'pod/a created',
        '$ cat <<E | kubectl apply -f -',
        'a: 1',
        'E',
        'ok',
      ),
      [
        'main> kubectl run a \\ /   --image=b => pod/a created',
        'main> cat <<E | kubectl apply -f - / a: 1 / E => ok',
      ],
    ],
    [
      'strips the prompts of continuation lines',
      fence('console', '$ for i in 1 2; do', '> echo $i', '> done', '1', '2'),
      ['main> for i in 1 2; do / echo $i / done => 1 / 2'],
    ],
    [
      'takes a fence after bare commands for what they printed together',
      fence('shell', 'kubectl apply -f a.yaml', 'kubectl get po') +
        'The output is similar to:\n\n' +
        fence('', 'x', 'y'),
      ['main> kubectl apply -f a.yaml', 'main> kubectl get po => x / y'],
    ],
    [
      'finds the name of a block in the words above it',
      'Save it as `web.yaml`:\n\n' + fence('yaml', 'kind: Pod'),
      ['file web.yaml: kind: Pod'],
    ],
    [
      'finds the name of a block on its fence',
      fence('yaml title="pods/web.yaml"', 'kind: Pod'),
      ['file pods/web.yaml: kind: Pod'],
    ],
    [
      'names a block by the command that uses it',
      fence('yaml', 'kind: Pod') + fence('sh', 'kubectl create -f ./web.yaml'),
      ['file ./web.yaml: kind: Pod', 'main> kubectl create -f ./web.yaml'],
    ],
    [
      'knows a shell inside a container until it is left',
      fence('sh', 'kubectl exec -it p -- sh') +
        '    / # ls\n    etc\n    / # exit\n\n' +
        fence('sh', 'kubectl get po'),
      [
        'main> kubectl exec -it p -- sh',
        'main (in container)> ls => etc',
        'main (in container)> exit',
        'main> kubectl get po',
      ],
    ],
    [
      'types bare commands into the shell that is open',
      fence('sh', 'kubectl exec -it p -- /bin/bash') + fence('sh', '# Run this inside the container', 'ls /'),
      ['main> kubectl exec -it p -- /bin/bash', 'main (in container)> ls /'],
    ],
    [
      'gives output that comes late to the command that still runs in that terminal',
      fence('console', '$ kubectl delete po a') +
        fence('console', '(b) $ kubectl get po', 'x') +
        fence('', 'gone', '$ ls'),
      ['main> kubectl delete po a => gone', 'b> kubectl get po => x', 'main> ls'],
    ],
    [
      'remembers that a command was interrupted',
      fence('console', '$ kubectl get po -w', 'x', '^C', '$ ls'),
      ['main> kubectl get po -w => x ^C', 'main> ls'],
    ],
    [
      'keeps a comment that a file shown by a command contains',
      fence('console', '$ kubectl exec p -- cat /etc/hosts', '# managed', '1.2.3.4', '$ ls'),
      ['main> kubectl exec p -- cat /etc/hosts => # managed / 1.2.3.4', 'main> ls'],
    ],
    [
      'includes the files that shortcodes of the site name',
      '{{% code_sample file="pods/a.yaml" %}}\n\n{{< codenew file="pods/b.yaml" >}}\n',
      ['include pods/a.yaml', 'include pods/b.yaml'],
    ],
    [
      'carries claims in comments',
      "<!-- podproof: expectPod('x').toBeReady() -->\n",
      ["claim expectPod('x').toBeReady()"],
    ],
    [
      "takes root's bare prompt only where no other stands",
      fence('', '# kubectl get po', 'NAME'),
      ['main> kubectl get po => NAME'],
    ],
    ['leaves other languages alone', fence('go', '$ kubectl get po'), []],
    [
      'takes what the prose calls an output for one, though it could be typed',
      fence('shell', 'kubectl logs p') +
        'The output shows:\n\n' +
        fence('shell', 'minikube', 'p', '172.17.0.4'),
      ['main> kubectl logs p => minikube / p / 172.17.0.4'],
    ],
    [
      'takes NAME=value right below a log for its output',
      fence('', 'kubectl logs p') + fence('', '', 'GREETING=hello', 'NAME=world'),
      ['main> kubectl logs p => GREETING=hello / NAME=world'],
    ],
    [
      'still types a variable where nothing waits for an output',
      fence('sh', 'POD=web', 'kubectl get pod $POD'),
      ['main> POD=web', 'main> kubectl get pod $POD'],
    ],
    [
      'knows a prompt in a container without a blank',
      fence('sh', 'kubectl exec -it p -- sh') + fence('sh', '/# printenv'),
      ['main> kubectl exec -it p -- sh', 'main (in container)> printenv'],
    ],
    [
      'stays in the container at a bare prompt, and leaves it for kubectl',
      fence('sh', 'kubectl exec -it p -- sh') +
        fence('', '$ id', 'uid=0') +
        fence('', '$ kubectl get po', 'NAME'),
      ['main> kubectl exec -it p -- sh', 'main (in container)> id => uid=0', 'main> kubectl get po => NAME'],
    ],
    [
      'goes to another terminal and back where the prose says so',
      [
        fence('sh', 'kubectl get po p --watch'),
        'In another terminal, get a shell:\n\n',
        fence('sh', 'kubectl exec -it p -- sh'),
        fence('sh', '/ # exit'),
        'In your original terminal you see:\n\n',
        fence('', 'NAME  READY', 'p     1/1'),
      ].join(''),
      [
        'main> kubectl get po p --watch => NAME  READY / p     1/1',
        'another> kubectl exec -it p -- sh',
        'another (in container)> exit',
      ],
    ],
    [
      'takes YAML after a command that prints YAML for its output',
      fence('sh', 'kubectl get po p -o yaml') + fence('yaml', 'kind: Pod'),
      ['main> kubectl get po p -o yaml => kind: Pod'],
    ],
  ]
  for (const [title, page, steps] of cases) {
    it(title, () => {
      expect(outline(page)).to.deep.equal(steps)
    })
  }

  it('knows where each line of an output stands, inside lists and quotes too', () => {
    const text =
      '1. Look:\n\n   ```console\n   $ kubectl get po\n   NAME  READY\n   ```\n\n> ```\n> $ ls\n> a b\n> ```\n'
    const lines = readPage('page.md', text).steps.flatMap((step) =>
      step.kind === 'command' ? (step.expected?.lines ?? []) : [],
    )
    expect(
      lines.map(({ line, offset, text: line_ }) => [line, text.slice(offset, offset + line_.length)]),
    ).to.deep.equal([
      [5, 'NAME  READY'],
      [10, 'a b'],
    ])
  })
})
