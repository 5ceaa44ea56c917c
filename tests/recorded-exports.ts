import {
  chunkRenderedOf,
  chunksFoundOf,
  extracted,
  packed,
  requestedBy,
  requestIds,
  splitInto,
  termsOf,
} from '#streams/exports/export-samples'
import { stamped, step } from '#streams/exports/step-samples'

const terms = termsOf()
const requests = [
  { request_id: step.export_id, type: 'Create', create: { requested_by: 'user-7', terms } },
  { request_id: requestIds[1], type: 'Cancel', cancel: { ...step, cancelled_by: 'user-7' } },
].map(stamped)

const facts = [
  requestedBy(0),
  requestedBy(0),
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

/** Two exports as they were told once, by topic. */
export const recordedExports = { 'export-requests': requests, 'export.facts': facts }
