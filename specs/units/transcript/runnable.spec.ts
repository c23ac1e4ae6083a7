// Which commands of a page are run, by whom, and why others are not.

import { expect } from 'chai'
import type { CommandStep } from '../../../src/transcript/page.ts'
import { runnerOf } from '../../../src/transcript/runnable.ts'

function typed(source: string): CommandStep {
  return {
    kind: 'command',
    terminal: 'main',
    isInContainer: false,
    source,
    line: 1,
    expected: undefined,
    isInterrupted: false,
  }
}

describe('a command of a page', () => {
  for (const source of [
    'kubectl get po | grep x',
    'kubectl get po; echo "status $?"',
    'cat <<E | kubectl apply -f -\nkind: <x>\nE',
    'time kubectl delete po x',
  ]) {
    it(`is run in a terminal: ${source.split('\n')[0]}`, () => {
      expect(runnerOf(typed(source))).to.deep.equal({ by: 'terminal' })
    })
  }

  it('is answered by the node when it lists containers', () => {
    expect(runnerOf(typed('docker ps -a'))).to.deep.equal({ by: 'node', view: 'docker ps' })
    expect(runnerOf(typed('sudo crictl ps'))).to.deep.equal({ by: 'node', view: 'crictl ps' })
  })

  const refused: readonly [source: string, reason: string][] = [
    ['minikube start', 'minikube makes or changes a cluster'],
    ['X=$(curl http://x); echo $X', 'curl reaches out of the cluster under test'],
    ['kubectl get pod <pod-name>', '<pod-name> stands for something that the reader has to fill in'],
    [
      'kubectl -n x config use-context y',
      'kubectl config changes the kubeconfig, which belongs to the cluster under test',
    ],
    [
      'for p in a b; do docker rm $p; done',
      'docker speaks to a container engine: only `docker ps` is answered, out of what the node knows of its containers',
    ],
  ]
  for (const [source, reason] of refused) {
    it(`is not run: ${source}`, () => {
      expect(runnerOf(typed(source))).to.deep.equal({ by: 'nobody', reason })
    })
  }

  it('is typed into the container in which a shell is open', () => {
    expect(runnerOf({ ...typed('curl localhost'), isInContainer: true })).to.deep.equal({ by: 'container' })
  })
})
