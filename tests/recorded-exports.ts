import {
  chunkRenderedOf,
  chunksFoundOf,
  extracted,
  notifyOf,
  packed,
  requestedBy,
  requestIds,
  splitInto,
  termsOf,
  toldTo,
} from '#streams/exports/export-samples'
import { stamped, step } from '#streams/exports/step-samples'

const terms = termsOf()
const requests = [
  { request_id: step.export_id, type: 'Create', create: { requested_by: 'user-7', terms } },
  {
    request_id: requestIds[1],
    type: 'Create',
    create: { requested_by: 'user-7', terms, notify: notifyOf() },
  },
  { request_id: requestIds[1], type: 'Cancel', cancel: { ...step, cancelled_by: 'user-7' } },
].map(stamped)

const facts = [
  requestedBy(0),
  requestedBy(0),
  toldTo(1),
  extracted,
  chunksFoundOf(2),
  splitInto(2),
  chunkRenderedOf(1),
  chunkRenderedOf(1),
  chunkRenderedOf(0),
  packed,
  { type: 'ExpiryDue' },
  { type: 'Purged', purged: { objects: 3 } },
].map((said) => stamped({ ...step, occurred_at: '2026-01-15T10:00:00+01:00', ...said }))

const ended = {
  ...{ export_id: step.export_id, state: 'READY', output: 'PDF', records: 20, rendered: 20 },
  ...{ failed: 0, expires_at: '2026-01-15T14:00:00+01:00', failure: null },
}
const tellings = [
  { request_id: step.export_id, type: 'Asked', asked: { tenant_id: 'a', notify: notifyOf() } },
  { request_id: step.export_id, type: 'Ended', ended },
  { request_id: step.export_id, type: 'Ended', ended },
  { request_id: requestIds[1], type: 'Forgotten' },
].map(stamped)

/** Two exports as they were told once, by topic. */
export const recordedExports = {
  'export-requests': requests,
  'export.facts': facts,
  'export.tellings': tellings,
}
