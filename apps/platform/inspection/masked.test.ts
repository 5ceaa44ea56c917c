import { describe, expect, it } from 'vitest'
import { hidden, masked, maskedHeaders } from '#apps/platform/inspection/masked'
import { type FieldSchema, isArray, isNamed, isUnion, type RecordSchema } from '#schemas/avro'
import { normaliseApplication } from '#schemas/applications/normalise'
import { codecOf } from '#schemas/codec'
import { schemas } from '#schemas/generated/schemas'
import { normalisePayment } from '#schemas/payments/normalise'
import { readSample } from '#schemas/samples/sample'

const payment = schemas['corrente.payments.Payment']
const complete = () => {
  const codec = codecOf('corrente.payments.Payment')
  const json = codec.toJson(codec.fromJson(normalisePayment(readSample('payment-complete'))))
  return json as { readonly payer: Readonly<Record<string, string>> }
}

const field = (given: Partial<FieldSchema>): FieldSchema => ({
  name: 'name',
  type: 'string',
  data: 'none',
  doc: 'Doc.',
  ...given,
})
const record = (...fields: readonly FieldSchema[]): RecordSchema => ({
  type: 'record',
  name: 'R',
  namespace: 'n',
  doc: 'Doc.',
  fields,
})

describe('a masked value', () => {
  it('hides what is personal, sensitive or secret, and keeps nulls', () => {
    const schema = record(
      field({ name: 'open' }),
      ...(['personal', 'sensitive', 'secret'] as const).map((data) => field({ name: data, data })),
      field({ name: 'absent', type: ['null', 'string'], data: 'personal' }),
      field({ name: 'list', type: { type: 'array', items: 'string' }, data: 'personal' }),
    )
    const value = { open: 1, personal: 'a', sensitive: 'b', secret: 'c', absent: null, list: ['x'] }
    expect(masked(schema, value)).toEqual({
      open: 1,
      personal: hidden,
      sensitive: hidden,
      secret: hidden,
      absent: null,
      list: hidden,
    })
  })

  it('looks into records and lists of them, by name too, and hides what the schema does not know', () => {
    const part: RecordSchema = {
      ...record(field({ name: 'id' }), field({ name: 'who', data: 'personal' })),
      name: 'Part',
    }
    const schema = record(
      field({ name: 'one', type: ['null', part], data: 'personal' }),
      field({ name: 'many', type: { type: 'array', items: 'n.Part' }, data: 'personal' }),
    )
    const who = { id: 'x', who: 'a person' }
    expect(masked(schema, { one: who, many: [who], other: 'a person' })).toEqual({
      one: { id: 'x', who: hidden },
      many: [{ id: 'x', who: hidden }],
      other: hidden,
    })
  })

  it('of a payment names nobody and still tells its state', () => {
    const shown = masked(payment, complete()) as { payer: Record<string, unknown> }
    expect(shown).toMatchObject({ status: 'COMPLETE', payment: { amount: 42.5 } })
    expect(shown.payer).toMatchObject({ name: hidden, tax_identification_number: hidden })
    for (const value of Object.values(complete().payer)) {
      if (value !== 'human') expect(JSON.stringify(shown)).not.toContain(`"${value}"`)
    }
  })

  it('of an application hides its free form', () => {
    const codec = codecOf('corrente.applications.Application')
    const application = codec.fromJson(normaliseApplication(readSample('application')))
    const shown = masked(codec.schema, codec.toJson(application))
    expect(shown).toMatchObject({ id: application.id, data: hidden })
  })

  it.each(Object.entries(schemas))('of %s leaves no class open by mistake', (_, schema) => {
    const texts = leavesOf(schema).filter(({ data }) => data !== 'none')
    const json = Object.fromEntries(schema.fields.map(({ name }) => [name, 'a person']))
    const shown = masked(schema, json) as Record<string, unknown>
    for (const { name } of texts) expect(shown[name], name).toBe(hidden)
  })
})

/** The members of the record that are no records themselves. */
const leavesOf = ({ fields }: RecordSchema) =>
  fields.filter(({ type }) => {
    const inner = isUnion(type) ? type[1]! : type
    const item = isArray(inner) ? inner.items : inner
    return !isNamed(item)
  })

describe('masked headers', () => {
  it('keep ids, places and codes, and hide words and what others added', () => {
    const headers = {
      traceparent: '00-1',
      'correlation-id': 'a',
      'corrente-origin': 'applications/0/1',
      'dlq.error': 'no-tax-code',
      'dlq.message': 'the applicant RSSMRA80A01H501U has none',
      'x-user': 'a person',
    }
    const hiddenOnes = { 'dlq.message': hidden, 'x-user': hidden }
    expect(maskedHeaders(headers)).toEqual({ ...headers, ...hiddenOnes })
  })
})
