// The kind CronJob.

import type { V1CronJob, V1CronJobSpec } from '@kubernetes/client-node'
import { age } from '../../pod/age.ts'
import type { Json } from '../../pod/json.ts'
import { humanDuration } from '../../time/duration.ts'
import type { FieldError } from '../store/field-error.ts'
import { invalid, required } from '../store/field-error.ts'
import type { Kind } from '../store/kind.ts'
import type { Stored } from '../store/object.ts'
import { AGE_COLUMN, NAME_COLUMN, column, wideColumn } from './columns.ts'
import { isTimeZone, parseSchedule } from './cron-schedule.ts'
import { fill, fillZero, replace } from './defaulting.ts'
import { nonNegative, oneOf } from './field-checks.ts'
import { jobSpecMistakes } from './job/job-validation.ts'
import { formatSelector } from './labels.ts'
import { podTemplateDefaults } from './pod/pod-defaults.ts'
import { TEMPLATE_COLUMNS, templateCells, templateWarnings } from './pod-template-spec.ts'

export type CronJob = Stored<V1CronJob>
type Spec = Json<V1CronJobSpec>

const EMPTY: Spec = { schedule: '', jobTemplate: {} }
const POLICIES = ['Allow', 'Forbid', 'Replace']
/** The controller appends eleven characters to make the name of a Job. */
const MAX_NAME = 52

export const cronJob: Kind<CronJob> = {
  group: 'batch',
  version: 'v1',
  kind: 'CronJob',
  plural: 'cronjobs',
  singular: 'cronjob',
  shortNames: ['cj'],
  categories: ['all'],
  namespaced: true,
  hasStatus: true,
  hasGeneration: true,

  /** Source: pkg/apis/batch/v1/defaults.go:SetDefaults_CronJob. The Job's own defaults come when it is made. */
  defaults(object) {
    const spec = fillZero(
      fill(object.spec ?? EMPTY, {
        suspend: false,
        successfulJobsHistoryLimit: 3,
        failedJobsHistoryLimit: 1,
      }),
      { concurrencyPolicy: 'Allow' },
    )
    const jobSpec = spec.jobTemplate?.spec
    if (!jobSpec) return replace(object, { spec })
    const template = podTemplateDefaults(jobSpec.template)
    return replace(object, {
      spec: replace(spec, {
        jobTemplate: replace(spec.jobTemplate, { spec: replace(jobSpec, { template }) }),
      }),
    })
  },
  prepareForCreate: (object) => ({ ...object, status: {} }),
  validate: mistakes,
  validateUpdate: mistakes,
  warnings: ({ spec }) =>
    templateWarnings('spec.jobTemplate.spec.template', spec?.jobTemplate?.spec?.template),
  subresources: [{ name: 'status', verbs: ['get', 'patch', 'update'] }],

  columns: [
    NAME_COLUMN,
    column('Schedule'),
    column('Timezone'),
    column('Suspend', { type: 'boolean' }),
    column('Active', { type: 'integer' }),
    column('Last Schedule'),
    AGE_COLUMN,
    ...TEMPLATE_COLUMNS,
    wideColumn('Selector'),
  ],
  /** Source: pkg/printers/internalversion/printers.go:printCronJob. */
  cells({ metadata, spec = EMPTY, status }, atMs) {
    const lastMs = status?.lastScheduleTime ? Date.parse(status.lastScheduleTime) : undefined
    const template = spec.jobTemplate?.spec
    return [
      metadata.name ?? '',
      spec.schedule,
      spec.timeZone ?? '<none>',
      spec.suspend === undefined ? '<unset>' : spec.suspend ? 'True' : 'False',
      status?.active?.length ?? 0,
      lastMs === undefined ? '<none>' : humanDuration(atMs - lastMs),
      age(metadata.creationTimestamp, atMs),
      ...templateCells(template?.template),
      formatSelector(template?.selector),
    ]
  },
}

/** Source: pkg/apis/batch/validation/validation.go:ValidateCronJobSpec. */
function mistakes({ metadata, spec = EMPTY }: CronJob): readonly FieldError[] {
  const name = metadata.name ?? ''
  return [
    ...(name.length > MAX_NAME
      ? [invalid('metadata.name', name, `must be no more than ${MAX_NAME} characters`)]
      : []),
    ...scheduleMistakes(spec),
    ...nonNegative('spec.startingDeadlineSeconds', spec.startingDeadlineSeconds),
    ...zoneMistakes(spec),
    ...oneOf('spec.concurrencyPolicy', spec.concurrencyPolicy, POLICIES),
    ...jobSpecMistakes('spec.jobTemplate.spec', spec.jobTemplate?.spec ?? { template: {} }, false),
    ...nonNegative('spec.successfulJobsHistoryLimit', spec.successfulJobsHistoryLimit),
    ...nonNegative('spec.failedJobsHistoryLimit', spec.failedJobsHistoryLimit),
  ]
}

function scheduleMistakes({ schedule }: Spec): readonly FieldError[] {
  if (!schedule) return [required('spec.schedule')]
  if (schedule.includes('TZ')) {
    const detail = 'cannot use TZ or CRON_TZ in schedule, use timeZone field instead'
    return [invalid('spec.schedule', schedule, detail)]
  }
  try {
    parseSchedule(schedule)
    return []
  } catch (error) {
    return [invalid('spec.schedule', schedule, error instanceof Error ? error.message : String(error))]
  }
}

function zoneMistakes({ timeZone }: Spec): readonly FieldError[] {
  if (timeZone === undefined) return []
  if (timeZone === '') return [invalid('spec.timeZone', timeZone, 'timeZone must be nil or non-empty string')]
  if (timeZone.toLowerCase() === 'local')
    return [
      invalid(
        'spec.timeZone',
        timeZone,
        'timeZone must be an explicit time zone as defined in https://www.iana.org/time-zones',
      ),
    ]
  return isTimeZone(timeZone) ? [] : [invalid('spec.timeZone', timeZone, `unknown time zone ${timeZone}`)]
}
