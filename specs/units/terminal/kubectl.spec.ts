// kubectl in a terminal: when it reads what is typed, what it costs, when it gives up.

import { expect } from 'chai'
import { patienceMs, recordedKubectlCost, startCostMs } from '../../../src/terminal/kubectl-cost.ts'
import { readsStdin } from '../../../src/terminal/kubectl-stdin.ts'

const words = (line: string) => line.split(' ')

describe('kubectl in a terminal', () => {
  const STDIN: Record<string, boolean> = {
    'get pods': false,
    'create -f -': true,
    'apply --filename=-': true,
    'create --raw /api/v1 -f -': true,
    'create configmap c --from-file=k=-': true,
    'create -f pod.yaml': false,
    'exec p -- cat -': false,
    'exec -i p -- cat': true,
    'exec -it p -- sh': true,
    'run p --rm -i --image=x': true,
    'attach p --stdin': true,
    'exec p -- grep -i x': false,
    'get pods -A': false,
    'delete pod p -i': true,
    'config view': false,
  }
  for (const [line, reads] of Object.entries(STDIN)) {
    it(`${reads ? 'reads' : 'does not read'} what is typed: kubectl ${line}`, () => {
      expect(readsStdin(words(line))).to.equal(reads)
    })
  }

  const { startMs, validatingStartMs } = recordedKubectlCost
  const COSTS: Record<string, number> = {
    'get pods': startMs,
    'create -f -': validatingStartMs,
    '-n default apply -f pod.yaml': validatingStartMs,
    'create configmap c --from-literal=a=b': startMs,
    'delete -f pod.yaml': startMs,
  }
  for (const [line, costMs] of Object.entries(COSTS)) {
    it(`costs ${costMs} ms before its first request: kubectl ${line}`, () => {
      expect(startCostMs(words(line), recordedKubectlCost)).to.equal(costMs)
    })
  }

  const PATIENCE: Record<string, number | undefined> = {
    'wait pod/p --for=condition=Ready --timeout=2s': 2_000,
    'rollout status deploy/d --timeout 1m30s': 90_000,
    'wait pod/p --for=condition=Ready': 30_000,
    'delete pod p': undefined,
    'delete pod p --timeout=nonsense': undefined,
  }
  for (const [line, ms] of Object.entries(PATIENCE)) {
    it(`${ms === undefined ? 'waits without end' : `gives up after ${ms} ms`}: kubectl ${line}`, () => {
      expect(patienceMs(words(line))).to.equal(ms)
    })
  }
})
