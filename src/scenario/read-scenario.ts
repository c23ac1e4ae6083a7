// Reads a scenario from a file of people (YAML) or of a recorder (JSON), and says exactly what is wrong with it.

import { parse } from 'yaml'
import { NODE_ACTIONS } from './scenario.ts'
import type { Action, Condition, Scenario, Step } from './scenario.ts'
import { splitWords } from './split-words.ts'

/** A document that is no scenario: the message says where and what was expected. */
export class ScenarioError extends Error {
  constructor(source: string, problem: string) {
    super(`${source}: ${problem}`)
    this.name = 'ScenarioError'
  }
}

/** A scenario, and the document in which it stood, to be kept in its recording. */
export interface ReadScenario {
  readonly scenario: Scenario
  readonly source: unknown
}

/**
 * Reads a scenario from YAML or JSON: a recording (its `scenario` part is taken) or a document of that shape. `file` is
 * what messages begin with; it names a scenario that has no name. Throws ScenarioError.
 */
export function readScenario(text: string, file: string): ReadScenario {
  const document = fields(parsed(text, file), file, 'a scenario')
  const source =
    document['scenario'] === undefined ? document : fields(document['scenario'], file, 'scenario')
  refuseUnknown(source, SCENARIO_FIELDS, file, 'the scenario')
  const steps = source['steps'] ?? []
  if (!Array.isArray(steps)) throw new ScenarioError(file, 'steps: expected a list')
  const scenario = {
    name: string(document['name'] ?? baseName(file), file, 'name'),
    description: string(document['description'] ?? '', file, 'description'),
    manifest: string(source['manifest'], file, 'manifest'),
    steps: steps.map((step: unknown, index) => readStep(step, file, `steps[${index}]`)),
    until: readCondition(source['until'], file, 'until'),
    tailSeconds: seconds(source['tailSeconds'], file, 'tailSeconds', 2),
    maxSeconds: seconds(source['maxSeconds'], file, 'maxSeconds', 60),
  }
  return { scenario, source }
}

const SCENARIO_FIELDS = ['name', 'description', 'manifest', 'steps', 'until', 'tailSeconds', 'maxSeconds']
const STEP_FIELDS = [
  'when',
  'delaySeconds',
  'kubectl',
  'shell',
  'node',
  'pod',
  'seconds',
  'stdin',
  'background',
]
const CONDITION_FIELDS = ['pod', 'status', 'ready', 'restarts', 'gone', 't', 'timeout']

type Fields = Readonly<Record<string, unknown>>

function readStep(value: unknown, source: string, path: string): Step {
  const step = fields(value, source, path)
  refuseUnknown(step, STEP_FIELDS, source, path)
  return {
    when: readCondition(step['when'], source, `${path}.when`),
    delaySeconds: seconds(step['delaySeconds'], source, `${path}.delaySeconds`, 0),
    action: readAction(step, source, path),
    background: step['background'] === true,
  }
}

function readAction(step: Fields, source: string, path: string): Action {
  const { kubectl, shell, node } = step
  const given = [kubectl, shell, node].filter((part) => part !== undefined)
  if (given.length !== 1) throw new ScenarioError(source, `${path}: expected one of kubectl, shell and node`)
  const stdin = step['stdin'] === undefined ? {} : { stdin: string(step['stdin'], source, `${path}.stdin`) }
  if (shell !== undefined) return { is: 'shell', line: string(shell, source, `${path}.shell`), ...stdin }
  if (node !== undefined) return readNodeAction(step, source, path)
  const argv = Array.isArray(kubectl)
    ? kubectl.map(String)
    : splitWords(string(kubectl, source, `${path}.kubectl`))
  return { is: 'kubectl', argv, ...stdin }
}

function readNodeAction(step: Fields, source: string, path: string): Action {
  const what = NODE_ACTIONS.find((action) => action === step['node'])
  if (!what) throw new ScenarioError(source, `${path}.node: expected one of ${NODE_ACTIONS.join(', ')}`)
  const pod = step['pod'] === undefined ? {} : { pod: string(step['pod'], source, `${path}.pod`) }
  return { is: 'node', what, ...pod, seconds: seconds(step['seconds'], source, `${path}.seconds`, 0) }
}

function readCondition(value: unknown, source: string, path: string): Condition | undefined {
  if (value === undefined || value === null) return undefined
  const condition = fields(value, source, path)
  refuseUnknown(condition, CONDITION_FIELDS, source, path)
  const { restarts, t, timeout, ...texts } = condition
  const words = Object.entries(texts).map(([name, text]) => [name, string(text, source, `${path}.${name}`)])
  const numbers = Object.entries({ restarts, t, timeout })
    .filter(([, number]) => number !== undefined)
    .map(([name, number]) => [name, seconds(number, source, `${path}.${name}`, 0)])
  return Object.fromEntries([...words, ...numbers]) as Condition
}

function parsed(text: string, source: string): unknown {
  try {
    // Every JSON text is YAML too, but recordings are large and YAML is slow.
    return text.trimStart().startsWith('{') ? JSON.parse(text) : parse(text)
  } catch (error) {
    throw new ScenarioError(source, error instanceof Error ? error.message : String(error))
  }
}

function fields(value: unknown, source: string, path: string): Fields {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Fields
  throw new ScenarioError(source, `${path}: expected an object, got ${JSON.stringify(value) ?? 'nothing'}`)
}

function string(value: unknown, source: string, path: string): string {
  if (typeof value === 'string') return value
  throw new ScenarioError(source, `${path}: expected a text, got ${JSON.stringify(value) ?? 'nothing'}`)
}

function seconds(value: unknown, source: string, path: string, otherwise: number): number {
  const number = typeof value === 'string' && value !== '' ? Number(value) : (value ?? otherwise)
  if (typeof number === 'number' && number >= 0) return number
  throw new ScenarioError(source, `${path}: expected a number, got ${JSON.stringify(value)}`)
}

function refuseUnknown(value: Fields, known: readonly string[], source: string, path: string): void {
  const unknown = Object.keys(value).filter((field) => !known.includes(field))
  if (unknown.length > 0)
    throw new ScenarioError(
      source,
      `${path}: unknown field ${unknown.join(', ')}; known are ${known.join(', ')}`,
    )
}

function baseName(source: string): string {
  return (source.split('/').at(-1) ?? source).replace(/\.(json|ya?ml)$/, '')
}
