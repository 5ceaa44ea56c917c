import { now } from '#core/drive'
import { to } from '#core/processor'
import type { Template } from '#ports/templates'
import * as topics from '#schemas/topics'
import { formatDateTime } from '#schemas/values/date-time'
import type { Report } from '#streams/exports/step'

export const step = {
  content_key: 'a41f0b6c8d3e4f1f9a7b2c5d6e8f0a1b',
  export_id: '11111111-1111-4111-8111-111111111111',
}
const envelope = {
  event_id: '99999999-9999-4999-8999-999999999999',
  event_version: '1.0',
  event_created_at: '2026-01-15T10:00:00+01:00',
  app_id: 'export-keeper:0.1.0',
}
export const stamped = <Value extends object>(value: Value) => ({ ...value, ...envelope })

/** What a step reports, as it is written. */
export const report = (said: Report) =>
  to(topics.exportFacts, { ...step, occurred_at: formatDateTime(now), ...said })

export const failure = (unit: string, code: string, message: string) =>
  report({ type: 'StepFailed', step_failed: { step: unit, code, message } })

export const template: Template = {
  name: 'slip',
  version: 1,
  fields: {
    reference: { kind: 'text', required: true },
    name: { kind: 'text', required: true },
    lines: { kind: 'lines', required: false, columns: { what: { kind: 'text', required: true } } },
  },
  dated_by: 'dated',
  named_by: 'reference',
  title: 'title',
  texts: { en: { title: 'Slip' } },
  blocks: [],
}
export const templateOf = async () => template

export const movements = 'reference,name\nA-1,Ada\nB-2,Zoë\nC-3,Ñuño\n'
