import {
  answered,
  count,
  instant,
  type Schemas,
  orNull,
  ref,
  text,
  uuid,
} from '#apps/platform/api-docs/api'
import { plainProblem } from '#apps/platform/api-docs/every-app'

const fault = answered({
  pointer: text('The member, RFC 6901'),
  detail: text('What is wrong with it'),
})

/** A refusal; of a configuration with every member that is wrong. */
export const problem = answered(
  {
    ...plainProblem.properties,
    command_id: uuid('Of a change that was asked for and is not known to be taken yet'),
    errors: { type: 'array', items: fault, description: 'Every member that is wrong' },
  },
  { optional: ['code', 'pointer', 'command_id', 'errors'], description: 'RFC 9457' },
)

/** What all connectors' operations refer to. */
export const schemas: Schemas = {
  Checked: answered({
    id: uuid('Of the payment'),
    status: text('Of the payment before this check', { examples: ['PAYMENT_STARTED'] }),
    settlement: orNull(
      text('What the intermediary says of the money; null where it was not asked', {
        examples: ['settled'],
      }),
    ),
    checked_at: orNull(instant('When it was last asked')),
  }),
  Retried: answered({
    id: uuid('Of the payment whose creation failed'),
    remote_id: uuid('What it was born from; the payment that takes its place has the same'),
    status: text('Of the payment', { const: 'CREATION_FAILED' }),
  }),
  Accepted: answered({ accepted: count('Settlements that were taken') }),
  CheckWanted: {
    ...answered({
      tenant_id: uuid('Whose payment is tried'),
      service_id: uuid('Of which service'),
    }),
    additionalProperties: false,
  },
  Check: answered({
    ok: { type: 'boolean', description: 'Whether no step failed' },
    steps: { type: 'array', items: ref('CheckStep') },
  }),
  CheckStep: answered({
    step: text('What was tried', {
      enum: [
        ...['configured', 'schema', 'split', 'hosts', 'dns', 'tls'],
        ...['credentials', 'open-and-cancel'],
      ],
    }),
    state: text('How it went', { enum: ['ok', 'failed', 'skipped'] }),
    detail: text('One sentence, without secrets'),
  }),
  Form: {
    type: 'object',
    description: 'A form as Form.io renders it',
    required: ['display', 'components'],
    properties: {
      display: text('Of Form.io', { const: 'form' }),
      components: {
        type: 'array',
        items: { type: 'object', additionalProperties: true },
        description: 'A component to a member, in the order of the form',
      },
    },
  },
  History: answered({
    total: count('Versions there are'),
    versions: {
      type: 'array',
      description: 'The newest first',
      items: answered({
        version: { type: 'integer', minimum: 1, description: 'From 1' },
        active: { type: 'boolean', description: 'Whether payments were taken' },
        updated_at: instant('Since when'),
        config: {
          type: 'object',
          additionalProperties: true,
          description: 'As it was, secrets masked',
        },
      }),
    },
  }),
}
