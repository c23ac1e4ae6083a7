// What a terminal's kubectl is not asked to do, and where its paths lead.

import { expect } from 'chai'
import { fenced, refusalOf } from '../../../src/terminal/fence.ts'

describe('the fence around kubectl', () => {
  const refused: readonly [line: string, reason: RegExp][] = [
    ['--kubeconfig /etc/kubernetes/admin.conf get pods', /--kubeconfig leads away/],
    ['--kubeconfig=/etc/x get pods', /--kubeconfig leads away/],
    ['get pods --server=https://192.0.2.1', /--server leads away/],
    ['get pods -s https://192.0.2.1', /-s leads away/],
    ['get pods --token=abc', /--token leads away/],
    ['get pods --as=system:admin', /--as leads away/],
    ['get pods --client-key /etc/ssl/private/key.pem', /--client-key leads away/],
    ['get pods --cache-dir=/var/cache', /--cache-dir leads away/],
    ['get pods --profile-output=/etc/passwd', /--profile-output leads away/],
    ['apply -f https://example.com/evil.yaml', /lies outside/],
    ['apply -fhttps://example.com/evil.yaml', /lies outside/],
    ['apply --filename=http://example.com/evil.yaml', /lies outside/],
    ['apply -k github.com/someone/something', /lies outside/],
    ['apply -k git@example.com:x', /lies outside/],
    ['plugin list', /starts programs of the host/],
    ['edit pod p', /starts an editor/],
    ['proxy --port=8001', /opens a port/],
    ['port-forward pod/p 8080:80', /opens a port/],
    ['-n x port-forward pod/p 8080:80', /opens a port/],
    ['kuberc set --section defaults', /changes the settings/],
    ['config set-cluster c --embed-certs', /would change which cluster/],
    ['config set-credentials u --exec-command=sh', /would change which cluster/],
    ['config set-context c --user=u', /leads away|would change/],
    ['config use-context other', /would change which cluster/],
    ['config view --raw', /would show credentials/],
    ['-shttps://192.0.2.1 get pods', /-s leads away/],
    ['get pods -Ashttps://192.0.2.1', /-s leads away/],
    ['get pods --context=other', /--context leads away/],
    ['--request-timeout 5 proxy', /opens a port/],
    ['--v 9 --namespace x plugin list', /starts programs/],
    ['apply edit-last-applied pod/p', /starts an editor/],
    ['create -f pod.yaml --edit', /--edit leads away/],
    ['kustomize --enable-helm --helm-command=/bin/sh .', /leads away/],
    ['kustomize --load-restrictor LoadRestrictionsNone .', /leads away/],
    ['kustomize https://example.com/evil', /lies outside/],
    ['apply -Rf https://example.com/evil.yaml', /lies outside/],
  ]
  for (const [line, reason] of refused) {
    it(`keeps out: kubectl ${line}`, () => {
      expect(refusalOf(line.split(' '))).to.match(reason)
    })
  }

  for (const line of [
    'get pods -o wide',
    'apply -f pod.yaml',
    'exec p -- sh -c id --server=x',
    'config view',
    'config current-context',
    'config set-context --current --namespace=x',
    'logs -f p',
    'delete pod p --now',
  ]) {
    it(`lets through: kubectl ${line}`, () => {
      expect(refusalOf(line.split(' '))).to.equal(undefined)
    })
  }

  const paths: readonly [line: string, onHost: string][] = [
    ['apply -f pod.yaml', 'apply -f <pod.yaml>'],
    ['apply -f -', 'apply -f -'],
    ['apply -f ../../../etc/passwd', 'apply -f <../../../etc/passwd>'],
    ['apply -f/etc/passwd', 'apply -f</etc/passwd>'],
    ['apply --filename=a.yaml', 'apply --filename=<a.yaml>'],
    ['apply -f a.yaml,b.yaml', 'apply -f <a.yaml>,<b.yaml>'],
    ['create configmap c --from-file=k=/etc/shadow', 'create configmap c --from-file=k=</etc/shadow>'],
    ['create configmap c --from-file /etc', 'create configmap c --from-file </etc>'],
    ['create secret tls t --cert=a.pem --key=b.pem', 'create secret tls t --cert=<a.pem> --key=<b.pem>'],
    ['get po -o=jsonpath-file=/etc/passwd', 'get po -o=jsonpath-file=</etc/passwd>'],
    ['cp p:/etc/hosts /etc/hosts', 'cp p:/etc/hosts </etc/hosts>'],
    ['cp ../secret p:/tmp/x', 'cp <../secret> p:/tmp/x'],
    ['cluster-info dump --output-directory=/etc', 'cluster-info dump --output-directory=</etc>'],
    ['exec p -- cat -f /etc/passwd', 'exec p -- cat -f /etc/passwd'],
    ['logs -f p', 'logs -f p'],
    ['apply -Rf /etc', 'apply -Rf </etc>'],
    ['apply -Rf/etc', 'apply -Rf</etc>'],
    ['get po -ojsonpath-file=/etc/passwd', 'get po -ojsonpath-file=</etc/passwd>'],
    ['get po -o go-template-file=/etc/passwd', 'get po -o go-template-file=</etc/passwd>'],
    [
      'get po -o go-template-file --template=/etc/passwd',
      'get po -o go-template-file --template=</etc/passwd>',
    ],
    ['get po -o custom-columns-file=/etc/passwd', 'get po -o custom-columns-file=</etc/passwd>'],
    ['kustomize /etc', 'kustomize </etc>'],
    ['debug p --custom /etc/x.json', 'debug p --custom </etc/x.json>'],
  ]
  for (const [line, onHost] of paths) {
    it(`leads paths into the terminal: kubectl ${line}`, () => {
      expect(fenced(line.split(' '), (path) => `<${path}>`).join(' ')).to.equal(onHost)
    })
  }
})
