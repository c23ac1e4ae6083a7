// The kind Job.

import type { V1Job } from '@kubernetes/client-node'
import { age } from '../../../pod/age.ts'
import { isTrue } from '../../../pod/conditions.ts'
import { humanDuration } from '../../../time/duration.ts'
import type { Kind } from '../../store/kind.ts'
import type { Stored } from '../../store/object.ts'
import { AGE_COLUMN, NAME_COLUMN, column, wideColumn } from '../columns.ts'
import { formatSelector } from '../labels.ts'
import { TEMPLATE_COLUMNS, templateCells, templateWarnings } from '../pod-template-spec.ts'
import { selectable } from '../selectable-fields.ts'
import { jobDefaults, withGeneratedSelector } from './job-defaults.ts'
import { jobMistakes, jobUpdateMistakes } from './job-validation.ts'

export type Job = Stored<V1Job>

const PRESERVED =
  'child pods are preserved by default when jobs are deleted; set propagationPolicy=Background to remove them or set propagationPolicy=Orphan to suppress this warning'
/** The conditions that STATUS tells, the first that is true. A Job without any of them runs. */
const TOLD = ['Complete', 'Failed', 'Suspended', 'FailureTarget', 'SuccessCriteriaMet'] as const

export const job: Kind<Job> = {
  group: 'batch',
  version: 'v1',
  kind: 'Job',
  plural: 'jobs',
  singular: 'job',
  categories: ['all'],
  namespaced: true,
  hasStatus: true,
  hasGeneration: true,

  defaults: jobDefaults,
  prepareForCreate: (object) => withGeneratedSelector({ ...object, status: {} }),
  validate: jobMistakes,
  validateUpdate: jobUpdateMistakes,
  warnings: ({ spec }) => templateWarnings('spec.template', spec?.template),
  deletion: {
    defaultPropagation: 'Orphan',
    warnings: (_, propagationPolicy) => (propagationPolicy ? [] : [PRESERVED]),
  },
  subresources: [{ name: 'status', verbs: ['get', 'patch', 'update'] }],

  ...selectable<Job>({ 'status.successful': ({ status }) => String(status?.succeeded ?? 0) }),
  unknownField: (label) => `field label ${JSON.stringify(label)} not supported for Job`,
  columns: [
    NAME_COLUMN,
    column('Status'),
    column('Completions'),
    column('Duration'),
    AGE_COLUMN,
    ...TEMPLATE_COLUMNS,
    wideColumn('Selector'),
  ],
  cells: (object, atMs) => [
    object.metadata.name ?? '',
    statusOf(object),
    completionsOf(object),
    durationOf(object, atMs),
    age(object.metadata.creationTimestamp, atMs),
    ...templateCells(object.spec?.template),
    formatSelector(object.spec?.selector),
  ],
}

/** Source: pkg/printers/internalversion/printers.go:printJob. */
function statusOf(object: Job): string {
  const told = TOLD.find((type) => isTrue(object, type))
  if (told === 'Complete' || told === 'Failed') return told
  if (object.metadata.deletionTimestamp) return 'Terminating'
  return told ?? 'Running'
}

function completionsOf({ spec, status }: Job): string {
  const succeeded = status?.succeeded ?? 0
  if (spec?.completions !== undefined) return `${succeeded}/${spec.completions}`
  const parallelism = spec?.parallelism ?? 0
  return parallelism > 1 ? `${succeeded}/1 of ${parallelism}` : `${succeeded}/1`
}

function durationOf({ status }: Job, atMs: number): string {
  if (!status?.startTime) return ''
  const endMs = status.completionTime ? Date.parse(status.completionTime) : atMs
  return humanDuration(endMs - Date.parse(status.startTime))
}
