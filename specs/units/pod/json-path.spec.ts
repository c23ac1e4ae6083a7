// JSONPath templates print what kubectl prints.

import { expect } from 'chai'
import {
  findJsonPath,
  formatJsonPath,
  parseJsonPath,
  parseRelaxedJsonPath,
} from '../../../src/pod/json-path.ts'

const pod = {
  metadata: { name: 'web', labels: { app: 'shop' }, annotations: { 'example.com/a.b': 'dotted' } },
  spec: {
    containers: [
      { name: 'a', image: 'x:1', ports: [{ containerPort: 80 }] },
      { name: 'b', image: 'y:2' },
      { name: 'c', image: 'z:3' },
    ],
  },
  status: {
    phase: 'Running',
    conditions: [
      { type: 'Ready', status: 'True' },
      { type: 'Initialized', status: 'False' },
    ],
    restarts: 3,
  },
}

describe('JSONPath', () => {
  const printed: readonly (readonly [string, string])[] = [
    ['{.metadata.name}', 'web'],
    ['{$.metadata.name}', 'web'],
    ['name: {.metadata.name}!', 'name: web!'],
    ['{.spec.containers[*].name}', 'a b c'],
    ['{.spec.containers[0].name}', 'a'],
    ['{.spec.containers[-1].name}', 'c'],
    ['{.spec.containers[0:2].name}', 'a b'],
    ['{.spec.containers[::2].name}', 'a c'],
    ['{.spec.containers[0,2].name}', 'a c'],
    ["{.spec.containers[1]['name','image']}", 'b y:2'],
    ["{.metadata['labels']}", '{"app":"shop"}'],
    [String.raw`{.metadata.annotations.example\.com/a\.b}`, 'dotted'],
    ['{.status.conditions[?(@.type=="Ready")].status}', 'True'],
    ["{.status.conditions[?(@.type!='Ready')].status}", 'False'],
    ['{.spec.containers[?(@.ports)].name}', 'a'],
    ['{.spec.containers[?(@.ports[0].containerPort>79)].name}', 'a'],
    ['{..containerPort}', '80'],
    ['{..name}', 'web a b c'],
    ['{.status.restarts}', '3'],
    ['{.nope.nothing}', ''],
    [String.raw`{range .spec.containers[*]}{.name}{"\t"}{.image}{"\n"}{end}`, 'a\tx:1\nb\ty:2\nc\tz:3\n'],
    ['{.metadata.name}{" "}{.status.phase}', 'web Running'],
    ['{@}', JSON.stringify(pod)],
  ]
  for (const [template, text] of printed) {
    it(`${template} prints ${JSON.stringify(text).slice(0, 40)}`, () => {
      expect(formatJsonPath(parseJsonPath(template), pod)).to.equal(text)
    })
  }

  for (const form of ['status.phase', '.status.phase', '{status.phase}', '{.status.phase}']) {
    it(`takes ${form} where a path is wanted`, () => {
      expect(findJsonPath(parseRelaxedJsonPath(form), pod)).to.deep.equal(['Running'])
    })
  }

  const refused: readonly (readonly [string, string])[] = [
    ['{.a', 'unclosed action'],
    ['{range .a}', 'unterminated range'],
    ['{end}', 'not in range, nothing to end'],
    ['{.spec.containers[5].name}', 'array index out of bounds: index 5, length 3'],
  ]
  for (const [template, message] of refused) {
    it(`refuses ${template}`, () => {
      expect(() => formatJsonPath(parseJsonPath(template), pod)).to.throw(message)
    })
  }
})
