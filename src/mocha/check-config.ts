// Checks a configuration field by field, so that a mistake is told before anything runs.

import { REPORT_FORMATS } from '../report/formats.ts'
import { parseDuration } from '../time/duration.ts'
import { CLUSTERS, clusterNamed } from './clusters.ts'
import type { PodproofConfig } from './config.ts'
import { ConfigError } from './config-error.ts'
import { suggestion } from './meant.ts'

/** Answers what `value`, the default export of `file`, configures. Throws ConfigError at the first mistake. */
export function checkConfig(value: unknown, file: string): PodproofConfig {
  const check = new Check(file)
  const config = check.fields('', value, ['cluster', 'images', 'reports', 'seed', 'specs', 'timeouts'])
  const { cluster } = config
  if (typeof cluster !== 'string' || !clusterNamed(cluster))
    check.oneOf('cluster', cluster, Object.keys(CLUSTERS))
  check.texts('specs', config['specs'])
  check.seed('seed', config['seed'])
  const timeouts = check.fields('timeouts', config['timeouts'], ['claim', 'test'])
  check.duration('timeouts.claim', timeouts['claim'])
  check.duration('timeouts.test', timeouts['test'])
  const reports = check.fields('reports', config['reports'], ['folder', 'formats'])
  check.text('reports.folder', reports['folder'])
  const formats = check.list('reports.formats', reports['formats'])
  const names = REPORT_FORMATS.map(({ name }) => name)
  formats.forEach((format, index) => check.oneOf(`reports.formats[${index}]`, format, names))
  const images = check.fields('images', config['images'])
  for (const [name, image] of Object.entries(images)) check.text(`images['${name}']`, image)
  return config
}

/** The checks of one file. Fields that are left out pass. */
class Check {
  readonly #file: string

  constructor(file: string) {
    this.#file = file
  }

  /** The fields of an object; with `names` there may be no others. */
  fields(field: string, value: unknown, names?: readonly string[]): Readonly<Record<string, unknown>> {
    if (value === undefined && field !== '') return {}
    if (!isRecord(value)) throw this.#error(field, `expected an object, got ${shown(value)}`)
    for (const name of Object.keys(value)) {
      if (!names || names.includes(name)) continue
      const path = field === '' ? name : `${field}.${name}`
      throw this.#error(path, `there is no such field${suggestion(name, names)}`)
    }
    return value
  }

  list(field: string, value: unknown): readonly unknown[] {
    if (value === undefined) return []
    if (!Array.isArray(value)) throw this.#error(field, `expected a list, got ${shown(value)}`)
    return value
  }

  texts(field: string, value: unknown): void {
    this.list(field, value).forEach((item, index) => this.text(`${field}[${index}]`, item ?? null))
  }

  text(field: string, value: unknown): void {
    if (value === undefined || (typeof value === 'string' && value !== '')) return
    throw this.#error(field, `expected a text, got ${shown(value)}`)
  }

  seed(field: string, value: unknown): void {
    if (typeof value !== 'number') this.text(field, value)
  }

  oneOf(field: string, value: unknown, names: readonly string[]): void {
    if (value === undefined || (typeof value === 'string' && names.includes(value))) return
    const hint = typeof value === 'string' ? suggestion(value, names) : `; there is ${names.join(', ')}`
    throw this.#error(field, `${shown(value)} is not known${hint}`)
  }

  duration(field: string, value: unknown): void {
    this.text(field, value)
    if (typeof value !== 'string') return
    try {
      parseDuration(value)
    } catch (error) {
      throw this.#error(field, `expected a duration such as '30s' or '1m30s', got ${shown(value)}`, error)
    }
  }

  #error(field: string, problem: string, cause?: unknown): ConfigError {
    return new ConfigError(this.#file, field, problem, { cause })
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function shown(value: unknown): string {
  return value === undefined ? 'nothing' : JSON.stringify(value)
}
