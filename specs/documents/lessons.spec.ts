// What pages of others have taught, on small pages of our own: how their authors write, and what is no fault of theirs.

import { expect } from 'chai'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { CommandVerdict } from '../../src/transcript/verdict.ts'
import { verifyOnSimulator } from '../support/documents.ts'
import { kubectl136, whyNoKubectl } from '../support/kubectl.ts'

const pod = (name: string, container: string, spec = '') => `apiVersion: v1
kind: Pod
metadata: {name: ${name}}
spec:
  containers:
  - ${container}
${spec}`

const WAITING = `apiVersion: v1
kind: Pod
metadata: {name: late}
spec:
  initContainers:
  - {name: wait, image: busybox:1.28, command: [sh, -c, 'until nslookup db; do sleep 1; done']}
  containers:
  - {name: main, image: nginx}
`

/** Pages, and what becomes of their commands: a line each that is not simply `holds`. */
const LESSONS: readonly [title: string, page: string, told: readonly string[]][] = [
  [
    'a shell in a container is left without a word',
    `
\`\`\`yaml title="p.yaml"
${pod('web', '{name: main, image: nginx}')}
\`\`\`

    kubectl apply -f p.yaml

Verify that it runs:

    kubectl get pod web

Get a shell:

    kubectl exec -it web -- /bin/bash

    root@web:/# echo hello > /tmp/note; cat /tmp/note

The output shows:

    hello

Back on your machine:

    kubectl exec -it web -- sh -c 'cat /tmp/note'

The output is:

    hello
`,
    [],
  ],
  [
    'a container has a terminal of its own, and processes have other numbers',
    `
\`\`\`yaml title="p.yaml"
${pod('tools', '{name: shell, image: busybox:1.28, stdin: true, tty: true}')}
\`\`\`

    kubectl apply -f p.yaml

Attach to it:

    kubectl attach -it tools

Look around:

    / # sleep 1000 &
    / # ps
    PID   USER     TIME  COMMAND
        1 root      0:00 sh
       23 root      0:00 sleep 1000
    ...
    / # kill 23
`,
    [],
  ],
  [
    'an age counts from what the manifest implies, and get -f names no kind',
    `
\`\`\`yaml title="late.yaml"
${WAITING}
\`\`\`

\`\`\`shell
kubectl apply -f late.yaml
\`\`\`

\`\`\`shell
kubectl get -f late.yaml
\`\`\`
\`\`\`
NAME   READY     STATUS     RESTARTS   AGE
late   0/1       Init:0/1   0          6m
\`\`\`

\`\`\`shell
kubectl create service clusterip db --tcp=80
\`\`\`

\`\`\`shell
kubectl get -f late.yaml
\`\`\`
\`\`\`
NAME   READY     STATUS    RESTARTS   AGE
late   1/1       Running   0          9m
\`\`\`
`,
    [],
  ],
  [
    'a name that was generated is typed as the cluster has it',
    `
\`\`\`console
$ kubectl create deployment web --image=nginx --replicas=2
deployment.apps/web created
$ kubectl get pods
NAME                   READY   STATUS    RESTARTS   AGE
web-5c6bb8f7f9-x7k2p   1/1     Running   0          9s
web-5c6bb8f7f9-zzk4d   1/1     Running   0          9s
$ kubectl get pod web-5c6bb8f7f9-zzk4d -o jsonpath='{.metadata.ownerReferences[0].kind}'
ReplicaSet
$ kubectl delete pod web-5c6bb8f7f9-x7k2p --wait=false
pod "web-5c6bb8f7f9-x7k2p" deleted
\`\`\`
`,
    [],
  ],
  [
    'a placeholder with one meaning is filled in, another is not',
    `
\`\`\`console
$ kubectl label nodes <your-node-name> disktype=ssd
node/node-1 labeled
$ kubectl get nodes --show-labels
NAME      STATUS    ROLES    AGE     VERSION        LABELS
node-1    Ready     <none>   1d      v1.13.0        ...,disktype=ssd
$ kubectl annotate nodes <your-node-name> owner=<your-name>
node/node-1 annotated
\`\`\`
`,
    ['not run 8: <your-name> stands for something that the reader has to fill in'],
  ],
  [
    'memory beyond its limit ends a container, again and again',
    `
\`\`\`yaml title="p.yaml"
${pod('greedy', '{name: main, image: polinux/stress, command: [stress], args: [--vm, "1", --vm-bytes, 250M, --vm-hang, "1"], resources: {limits: {memory: 100Mi}}}')}
\`\`\`

    kubectl apply -f p.yaml

Look at it:

    kubectl get pod greedy

The output is similar to this:

    NAME     READY     STATUS      RESTARTS   AGE
    greedy   0/1       OOMKilled   1          3s

And closer:

    kubectl get pod greedy -o yaml

The output shows:

    ...
    lastState:
      terminated:
        exitCode: 137
        reason: OOMKilled
`,
    [],
  ],
  [
    'what reaches out of the cluster is no false claim of the page',
    `
\`\`\`yaml title="p.yaml"
${pod('fetcher', '{name: main, image: busybox:1.28, command: [wget, -O, /tmp/index.html, "http://example.com/"]}')}
\`\`\`

    kubectl apply -f p.yaml

Look at it:

    kubectl get pod fetcher

The output is similar to this:

    NAME      READY     STATUS      RESTARTS   AGE
    fetcher   0/1       Completed   0          8s
`,
    [
      'not run 16: container main asks for http://example.com/, which lies outside of the cluster under test',
    ],
  ],
  [
    'a state that the Pod does show, only not then, is a matter of time',
    `
\`\`\`yaml title="p.yaml"
${pod('short', '{name: main, image: busybox:1.28, command: [sleep, "3"]}', '  restartPolicy: Never')}
\`\`\`

    kubectl apply -f p.yaml

Look at it:

    kubectl get pod short

The output is similar to this:

    NAME    READY     STATUS    RESTARTS   AGE
    short   1/1       Running   0          50s
`,
    ['differs 16: short shows 1/1 Running 0 when it is'],
  ],
  [
    'an image that nobody has is a missing prerequisite, unless the page is about it',
    `
\`\`\`console
$ kubectl run ours --image=registry.example.com/ours:1
pod/ours created
$ kubectl get pod ours
NAME   READY   STATUS    RESTARTS   AGE
ours   1/1     Running   0          9s
$ kubectl run typo --image=nginx:1.99
pod/typo created
$ kubectl get pod typo
NAME   READY   STATUS         RESTARTS   AGE
typo   0/1     ErrImagePull   0          4s
\`\`\`
`,
    ['not run 5: the cluster cannot pull the image "registry.example.com/ours:1"'],
  ],
]

describe('a page as others write it', function () {
  this.timeout(120_000)
  let kubectlFile: string

  before(function () {
    const file = kubectl136()
    if (file === undefined) {
      console.log(`      skipped: ${whyNoKubectl()}`)
      this.skip()
    }
    kubectlFile = file
  })

  function told({ verdict, step, reason }: CommandVerdict): string[] {
    return verdict === 'holds' ? [] : [`${verdict} ${step.line}: ${reason ?? ''}`]
  }

  for (const [title, page, expected] of LESSONS) {
    it(`holds: ${title}`, async () => {
      const { verdict } = await verifyOnSimulator('page.md', page, { kubectlFile })
      const found = verdict.commands.flatMap(told)
      expect(found.map((line, index) => line.slice(0, expected[index]?.length ?? 300))).to.deep.equal(expected)
      expect(verdict.findings).to.deep.equal([])
    })
  }

  it('counts from a manifest of the examples, whose creation the page does not show', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'podproof-examples-'))
    try {
      mkdirSync(join(folder, 'controllers'))
      const template = 'metadata: {labels: {app: web}}, spec: {containers: [{name: main, image: nginx}]}'
      const spec = `{replicas: 2, selector: {matchLabels: {app: web}}, template: {${template}}}`
      writeFileSync(
        join(folder, 'controllers/web.yaml'),
        `apiVersion: apps/v1\nkind: ReplicaSet\nmetadata: {name: web}\nspec: ${spec}\n`,
      )
      const page = [
        '{{% code_sample file="controllers/web.yaml" %}}',
        '    kubectl apply -f https://k8s.io/examples/controllers/web.yaml',
        'See the ReplicaSet:',
        '    kubectl get rs',
        'The output is similar to this:',
        '    NAME   DESIRED   CURRENT   READY   AGE\n    web    2         2         2       6s',
      ]
      const examples = { 'https://k8s.io/examples': folder }
      const { verdict } = await verifyOnSimulator('page.md', page.join('\n\n'), { kubectlFile, examples })
      expect(verdict.commands.flatMap(told)).to.deep.equal([])
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })
})
