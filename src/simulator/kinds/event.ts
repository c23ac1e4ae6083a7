// The kind Event of the core group: what somebody wants to have said about an object.

import type { CoreV1Event } from '@kubernetes/client-node'
import { humanDuration } from '../../time/duration.ts'
import type { FieldError } from '../store/field-error.ts'
import { invalid } from '../store/field-error.ts'
import type { Kind } from '../store/kind.ts'
import type { Stored } from '../store/object.ts'
import { NAME_COLUMN, column, wideColumn } from './columns.ts'
import { fill } from './defaulting.ts'
import { notSupportedField, selectable } from './selectable-fields.ts'

export type Event = Stored<CoreV1Event>

/** A timestamp that was never set travels as null. */
const NEVER = null as unknown as string

export const event: Kind<Event> = {
  group: '',
  version: 'v1',
  kind: 'Event',
  plural: 'events',
  singular: 'event',
  shortNames: ['ev'],
  namespaced: true,

  defaults: (object) =>
    fill(object, {
      source: {},
      firstTimestamp: object.firstTimestamp ?? NEVER,
      lastTimestamp: object.lastTimestamp ?? NEVER,
      eventTime: object.eventTime ?? NEVER,
      reportingComponent: '',
      reportingInstance: '',
    }),
  validate: namespaceMistakes,
  validateUpdate: namespaceMistakes,

  /** Source: pkg/registry/core/event/strategy.go:ToSelectableFields. */
  ...selectable<Event>({
    'involvedObject.kind': ({ involvedObject }) => involvedObject.kind ?? '',
    'involvedObject.namespace': ({ involvedObject }) => involvedObject.namespace ?? '',
    'involvedObject.name': ({ involvedObject }) => involvedObject.name ?? '',
    'involvedObject.uid': ({ involvedObject }) => involvedObject.uid ?? '',
    'involvedObject.apiVersion': ({ involvedObject }) => involvedObject.apiVersion ?? '',
    'involvedObject.resourceVersion': ({ involvedObject }) => involvedObject.resourceVersion ?? '',
    'involvedObject.fieldPath': ({ involvedObject }) => involvedObject.fieldPath ?? '',
    reason: ({ reason }) => reason ?? '',
    reportingComponent: (object) => componentOf(object),
    source: (object) => componentOf(object),
    type: ({ type }) => type ?? '',
  }),
  unknownField: notSupportedField,
  columns: [
    column('Last Seen'),
    column('Type'),
    column('Reason'),
    column('Object'),
    wideColumn('Subobject'),
    wideColumn('Source'),
    column('Message'),
    wideColumn('First Seen'),
    wideColumn('Count'),
    { ...NAME_COLUMN, priority: 1 },
  ],
  cells: eventCells,
}

/** Source: pkg/printers/internalversion/printers.go:printEvent. */
function eventCells(object: Event, atMs: number): readonly (number | string)[] {
  const { involvedObject, series, type, reason, message, count, metadata } = object
  const first = object.firstTimestamp ?? object.eventTime
  const firstSeen = since(first, atMs)
  const last = series ? series.lastObservedTime : (object.lastTimestamp ?? undefined)
  return [
    last || series ? since(last, atMs) : firstSeen,
    type ?? '',
    reason ?? '',
    `${(involvedObject.kind ?? '').toLowerCase()}/${involvedObject.name ?? ''}`,
    involvedObject.fieldPath ?? '',
    sourceOf(object),
    (message ?? '').trim(),
    firstSeen,
    series?.count ?? (count || 1),
    metadata.name ?? '',
  ]
}

function since(timestamp: string | null | undefined, atMs: number): string {
  return timestamp ? humanDuration(atMs - Date.parse(timestamp)) : '<unknown>'
}

/** `component` or `component, host`; newer events only have who reported them. */
function sourceOf(object: Event): string {
  const component = componentOf(object)
  const host = object.source?.host || object.reportingInstance
  return host ? `${component}, ${host}` : component
}

function componentOf({ source, reportingComponent }: Event): string {
  return source?.component || reportingComponent || ''
}

/** An Event lives where its object lives. Source: pkg/apis/core/validation/events.go:legacyValidateEvent. */
function namespaceMistakes({ metadata, involvedObject }: Event): readonly FieldError[] {
  const about = involvedObject.namespace ?? ''
  const isClusterScoped =
    about === '' && (metadata.namespace === 'default' || metadata.namespace === 'kube-system')
  if (about === metadata.namespace || isClusterScoped) return []
  return [invalid('involvedObject.namespace', about, 'does not match event.namespace')]
}
