import { answered, count, instant, orNull, ref, text, uuid } from '#apps/platform/api-docs/api'
import { webhookPattern } from '#apps/exports-api/reading/notify'
import {
  batchPattern,
  lifetimeMinutes,
  sourcePattern,
  templatePattern,
  toleratedFailuresMax,
} from '#apps/exports-api/reading/wanted'
import { steps } from '#streams/exports/export-lifecycle'
import { languages } from '#streams/notifications/message-template'

const requestId = uuid('Id of the request')
const statusUrl = text('Where it is asked about; a path of this service')

/** What is asked for, in a body. */
const wanted = {
  tenant_id: text('Whose movements'),
  source: text('Where movements are read from, by the name it is configured under', {
    pattern: sourcePattern,
    examples: ['ledger'],
  }),
  batch_id: text('Which movements of the source: a lote', {
    pattern: batchPattern,
    examples: ['lote-1'],
  }),
  filter: {
    type: 'object',
    description: 'Which of them, as the source defines it; all where absent',
  },
  output: text('The movements as one file, or an archive of one document each', {
    enum: ['CSV', 'PDF'],
  }),
  template: text(
    'Of PDF only, and required there: receipt@1, or receipt for the current version, which is pinned',
    { pattern: templatePattern, examples: ['receipt@1'] },
  ),
  language: text('BCP 47', { examples: ['es-CO'] }),
  tolerated_failures: {
    type: 'integer',
    minimum: 0,
    maximum: toleratedFailuresMax,
    default: 0,
    description: 'So many movements may have no document and the archive is still made',
  },
  tolerated_percent: {
    type: 'integer',
    minimum: 0,
    maximum: 100,
    default: 0,
    description: 'The same as a share of all movements; of the two what allows more counts',
  },
  lifetime_minutes: {
    type: 'integer',
    minimum: lifetimeMinutes.least,
    maximum: lifetimeMinutes.most,
    default: lifetimeMinutes.usual,
    description: 'So long after it is ready it can be fetched; then it is deleted',
  },
  notify: {
    type: 'object',
    description:
      'Who is told once it is ready or has failed; one of email and webhook, or both. No part of what is exported',
    additionalProperties: false,
    properties: {
      email: text('Address of one mail, with a link to the page of the request', {
        format: 'email',
      }),
      webhook: text('A webhook that the settings give the tenant, by its name', {
        pattern: webhookPattern,
        examples: ['archive'],
      }),
      language: text('Of what is said; that of the documents, or the next to it', {
        enum: languages,
      }),
    },
  },
} as const
export const wantedMembers = Object.keys(wanted)

const { filter: _, notify: __, ...told } = wanted

/** What the document refers to. */
export const schemas = {
  Wanted: {
    type: 'object',
    additionalProperties: false,
    required: ['tenant_id', 'source', 'batch_id', 'output', 'language'],
    properties: wanted,
  },
  Asked: answered({ request_id: requestId, status_url: statusUrl }),
  Export: answered(
    {
      request_id: requestId,
      export_id: orNull(text('Export that serves it; null until that is decided')),
      ...told,
      template: orNull(told.template),
      requested_by: text('Who asked'),
      requested_at: instant('When'),
      state: text('PENDING until somebody has decided it', { enum: Object.keys(steps) }),
      records: orNull(count('Movements in all; null until they are counted')),
      rendered: count('Documents made'),
      failed: count('Movements that have no document'),
      percent: orNull({ ...count('Of the movements'), maximum: 100 }),
      rate: { type: ['number', 'null'], description: 'Movements a second' },
      eta_seconds: orNull(count('Until the last one has its document, at this rate')),
      as_of: orNull(instant('The state of the movements is that of this instant')),
      ready_at: orNull(instant('When it could first be fetched')),
      expires_at: orNull(instant('From then on nothing of it can be fetched')),
      failure: orNull(answered({ code: text('For programs'), message: text('For people') })),
      result: orNull(
        answered({ bytes: count('Its length'), sha256: text('Of its bytes, hexadecimal') }),
      ),
      updated_at: instant('When this was so'),
    },
    { description: 'A request and where it is. Several requests may share one export.' },
  ),
  Page: answered(
    { items: { type: 'array', items: ref('Export') }, next_cursor: text('Opaque') },
    {
      optional: ['next_cursor'],
      description: 'The newest first; `next_cursor` where there are more',
    },
  ),
  Link: answered({
    url: text('Gives what came out to whoever has it, without a token: keep it out of logs', {
      format: 'uri',
    }),
    expires_at: instant('From then on it leads nowhere'),
    filename: text('The name under which a browser saves it'),
  }),
} as const
export type SchemaRef = keyof typeof schemas
