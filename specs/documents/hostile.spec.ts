// A page that means harm changes nothing on the host, reaches nobody but the cluster under test, and comes to an end.

import { expect } from 'chai'
import { createServer, type Server } from 'node:net'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { coloursOf } from '../../src/report/colours.ts'
import { showPage } from '../../src/transcript/show/terminal.ts'
import type { CommandVerdict } from '../../src/transcript/verdict.ts'
import { verifyOnSimulator } from '../support/documents.ts'
import { kubectl136, whyNoKubectl } from '../support/kubectl.ts'

/** Attempts, and what must not, or must, stand in what the command prints or in why it was not run. */
const ATTEMPTS: readonly [source: string, told: RegExp][] = [
  // The host's files and programs.
  ['rm -rf CANARY; ls CANARY', /No such file/],
  ['rm -rf / 2>&1 | head -n 1; echo still here', /still here/],
  ['cat /etc/passwd', /No such file/],
  ['echo owned > CANARY/file; cat CANARY/file', /nonexistent|No such/],
  ['echo $(cat CANARY/secret)', /^(?!.*treasure)/],
  ['`cat CANARY/secret`', /^(?!.*treasure)/],
  ['ln -s CANARY/secret link; cat link', /No such file/],
  ['ln -s / root-of-host; ls root-of-host/etc', /No such file/],
  ['eval "cat CANARY/secret"', /No such file/],
  ['sh -c "cat CANARY/secret"', /No such file/],
  ['python3 -c "import os"', /not found/],
  ['node -e 1', /not found/],
  ['/usr/bin/env', /not found|No such file/],
  ['env | grep -c PATH=.*sbin', /^0$/],
  ['kill -9 1; kill -9 -1; echo alive', /.*/],
  // The network.
  ['curl http://127.0.0.1:PORT/ | sh', /curl reaches out/],
  ['wget -qO- http://127.0.0.1:PORT/', /wget reaches out/],
  ['nc 127.0.0.1 PORT < /dev/null', /unreachable|not found|nc:/],
  ['echo x > /dev/tcp/127.0.0.1/PORT', /No such file|nonexistent/],
  ['kubectl apply -f http://127.0.0.1:PORT/pod.yaml', /nobody gave the example/],
  ['kubectl -s http://127.0.0.1:PORT get pods', /leads away/],
  ['kubectl -Ashttp://127.0.0.1:PORT get pods', /leads away/],
  ['kubectl get pods --server=http://127.0.0.1:PORT', /leads away/],
  [
    'mkdir k; echo "resources: [http://127.0.0.1:PORT/x]" > k/kustomization.yaml; kubectl apply -k k',
    /lies outside/,
  ],
  ['HTTP_PROXY=http://127.0.0.1:PORT kubectl get pods', /No resources/],
  // kubectl as a way to the host.
  ['kubectl --kubeconfig CANARY/config get pods', /leads away/],
  ['KUBECONFIG=CANARY/config kubectl get pods', /No resources/],
  [
    `cat > ~/.kube/config <<EOF
apiVersion: v1
kind: Config
current-context: c
contexts: [{name: c, context: {cluster: c, user: u}}]
clusters: [{name: c, cluster: {server: "http://127.0.0.1:PORT"}}]
users: [{name: u, user: {exec: {apiVersion: client.authentication.k8s.io/v1, command: /bin/touch, args: [CANARY/owned], interactiveMode: Never}}}]
EOF
kubectl get pods`,
    /No resources/,
  ],
  ['kubectl plugin list', /starts programs/],
  [
    'mkdir -p bin; echo "touch CANARY/owned" > bin/kubectl-x; chmod +x bin/kubectl-x; PATH=$PATH:/root/bin kubectl x',
    /unknown command/,
  ],
  ['kubectl apply -f /etc/passwd', /does not exist/],
  ['kubectl apply -f ../../../../../../etc/passwd', /does not exist/],
  ['kubectl create configmap c --from-file=k=CANARY/secret', /no such file/i],
  ['kubectl get pods -o go-template-file=CANARY/secret', /no such file/i],
  ['kubectl get pods -ojsonpath-file=CANARY/secret', /no such file/i],
  ['kubectl get pods -o go-template-file --template=CANARY/secret', /no such file/i],
  ['kubectl cluster-info dump --output-directory=CANARY', /.*/],
  ['kubectl config view --raw', /.*/],
  ['kubectl config set-credentials u --exec-command=CANARY/x', /changes the kubeconfig|would change/],
  ['kubectl run x --image=busybox:1.28 --restart=Never -- sleep 300; kubectl wait pod/x --for=condition=Ready', /met/],
  ['kubectl cp x:/etc/hosts CANARY/file; ls CANARY', /No such file/],
  ['kubectl cp CANARY/secret x:/tmp/s', /doesn't exist|no such file/i],
  ['kubectl cp x:/etc/hosts ../../../../CANARY/file', /.*/],
  ['kubectl edit pod x', /opens an editor/],
  ['KUBE_EDITOR=/bin/touch kubectl edit pod x', /opens an editor/],
  ['kubectl proxy --port=0', /opens a port/],
  ['kubectl port-forward pod/x 0:80', /opens a port/],
  ['kubectl exec x -- cat CANARY/secret', /No such file/],
  // Limits and the reader's terminal.
  ["printf '\\033[2J\\033]0;owned\\007\\n'", /owned/],
  ['yes', /more than a page can show/],
  ['kubectl exec x -- yes', /more than a page can show/],
  ['yes | head -c 100000000 | wc -c', /100000000|end/],
  ['f() { f; }; f', /.*/],
  ['while :; do :; done', /did not end/],
  ['echo goodbye', /goodbye/],
]

describe('a hostile page', function () {
  this.timeout(300_000)
  let kubectlFile: string
  let canary: string
  let server: Server
  let connections = 0
  let port = 0

  before(async function () {
    const file = kubectl136()
    if (file === undefined) {
      console.log(`      skipped: ${whyNoKubectl()}`)
      this.skip()
    }
    kubectlFile = file
    server = createServer((socket) => {
      connections++
      socket.destroy()
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const address = server.address()
    port = typeof address === 'object' && address ? address.port : 0
  })

  beforeEach(() => {
    connections = 0
    canary = mkdtempSync(join(tmpdir(), 'canary-'))
    mkdirSync(join(canary, 'folder'))
    writeFileSync(join(canary, 'secret'), 'treasure\n')
  })

  afterEach(() => rmSync(canary, { recursive: true, force: true }))

  after(() => server?.close())

  function pageOf(sources: readonly string[]): string {
    const commands = sources.map((source) => `$ ${source}\nnothing of the kind\n`)
    return ['# Harm', '', '```console', ...commands, '```', '']
      .join('\n')
      .replaceAll('CANARY', canary)
      .replaceAll('PORT', String(port))
  }

  function tree(folder: string): string[] {
    return readdirSync(folder, { recursive: true }).map(String).toSorted()
  }

  function told({ reason, seen }: CommandVerdict): string {
    return [reason ?? '', ...(seen ?? [])].join('\n')
  }

  it(`harms nobody in ${ATTEMPTS.length} ways`, async () => {
    const page = pageOf(ATTEMPTS.map(([source]) => source))
    const limits = { commandMs: 30_000, patienceMs: 1_000, pageWallMs: 240_000 }
    const { verdict } = await verifyOnSimulator('hostile.md', page, { kubectlFile, limits })
    const wrong = ATTEMPTS.flatMap(([source, expected], index) => {
      const command = verdict.commands[index]
      return command && expected.test(told(command)) ? [] : [`${source}: ${command && told(command)}`]
    })
    expect(wrong.map((line) => line.slice(0, 300))).to.deep.equal([])
    expect(tree(canary)).to.deep.equal(['folder', 'secret'])
    expect(readFileSync(join(canary, 'secret'), 'utf8')).to.equal('treasure\n')
    expect(connections).to.equal(0)
    const shown = showPage(verdict, coloursOf({ isTTY: false }), true)
    // oxlint-disable-next-line no-control-regex
    expect(shown).not.to.match(/[\u0000-\u0008\u000b-\u001f]/)
    expect(shown).not.to.contain('treasure')
  })

  it('ends when its time on the wall is used up, and says so', async () => {
    const page = pageOf(['while true; do kubectl get pods; done', 'echo after'])
    const { verdict } = await verifyOnSimulator('hostile.md', page, { kubectlFile, limits: { pageWallMs: 3_000 } })
    expect(verdict.commands.map((command) => `${command.verdict}: ${command.reason}`)).to.deep.equal([
      "differs: the page's time was used up while it ran",
      "not run: the page's time was used up before",
    ])
  })
})
