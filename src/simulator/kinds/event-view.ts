// The kind Event of events.k8s.io: the same stored Events under other names.

import type { EventsV1Event } from '@kubernetes/client-node'
import type { FieldError } from '../store/field-error.ts'
import { required } from '../store/field-error.ts'
import type { Kind } from '../store/kind.ts'
import type { Stored } from '../store/object.ts'
import { without } from './defaulting.ts'
import type { Event } from './event.ts'
import { event } from './event.ts'
import { selectable } from './selectable-fields.ts'

export type ViewedEvent = Stored<EventsV1Event>

export const eventView: Kind<ViewedEvent> = {
  group: 'events.k8s.io',
  version: 'v1',
  kind: 'Event',
  plural: 'events',
  singular: 'event',
  shortNames: ['ev'],
  namespaced: true,

  view: {
    of: event,
    read: (stored) => read(stored as Event),
    write: (object) => write(object as ViewedEvent),
  },
  validate: mistakes,

  ...selectable<ViewedEvent>({
    'regarding.kind': ({ regarding }) => regarding?.kind ?? '',
    'regarding.namespace': ({ regarding }) => regarding?.namespace ?? '',
    'regarding.name': ({ regarding }) => regarding?.name ?? '',
    'regarding.uid': ({ regarding }) => regarding?.uid ?? '',
    'regarding.apiVersion': ({ regarding }) => regarding?.apiVersion ?? '',
    'regarding.resourceVersion': ({ regarding }) => regarding?.resourceVersion ?? '',
    'regarding.fieldPath': ({ regarding }) => regarding?.fieldPath ?? '',
    reason: ({ reason }) => reason ?? '',
    reportingController: ({ reportingController }) => reportingController ?? '',
    type: ({ type }) => type ?? '',
  }),
  ...(event.columns && { columns: event.columns }),
  cells: (object, atMs) => event.cells?.(write(object), atMs) ?? [],
}

/** Source: pkg/apis/events/v1/conversion.go. */
function read(stored: Event): ViewedEvent {
  const {
    involvedObject,
    message,
    source,
    firstTimestamp,
    lastTimestamp,
    count,
    reportingComponent,
    ...same
  } = stored
  return {
    ...same,
    apiVersion: 'events.k8s.io/v1',
    regarding: involvedObject,
    ...(message !== undefined && { note: message }),
    deprecatedSource: source ?? {},
    ...(firstTimestamp !== undefined && { deprecatedFirstTimestamp: firstTimestamp }),
    ...(lastTimestamp !== undefined && { deprecatedLastTimestamp: lastTimestamp }),
    ...(count !== undefined && { deprecatedCount: count }),
    ...(reportingComponent && { reportingController: reportingComponent }),
  } as ViewedEvent
}

function write(object: ViewedEvent): Event {
  const { regarding, note, deprecatedSource, deprecatedCount, reportingController, ...rest } = object
  const { deprecatedFirstTimestamp, deprecatedLastTimestamp, ...same } = rest
  return {
    ...(without(same as Event, 'apiVersion') as Event),
    apiVersion: 'v1',
    involvedObject: regarding ?? {},
    ...(note !== undefined && { message: note }),
    ...(deprecatedSource && { source: deprecatedSource }),
    ...(deprecatedFirstTimestamp !== undefined && { firstTimestamp: deprecatedFirstTimestamp }),
    ...(deprecatedLastTimestamp !== undefined && { lastTimestamp: deprecatedLastTimestamp }),
    ...(deprecatedCount !== undefined && { count: deprecatedCount }),
    ...(reportingController !== undefined && { reportingComponent: reportingController }),
  }
}

/** What the new form asks for, and the old one does not. Source: pkg/apis/core/validation/events.go:ValidateEventCreate. */
function mistakes(object: ViewedEvent): readonly FieldError[] {
  if (object.deprecatedFirstTimestamp || object.deprecatedLastTimestamp) return []
  const needed = [
    'eventTime',
    'reportingController',
    'reportingInstance',
    'action',
    'reason',
    'type',
  ] as const
  return needed.filter((field) => !object[field]).map((field) => required(field))
}
