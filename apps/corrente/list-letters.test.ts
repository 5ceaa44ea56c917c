import { describe, expect, it } from 'vitest'
import { Found } from '#apps/corrente/list-letters'
import { deadLetterOf, type Decision } from '#core/redrive'

const unit = 'payment-dispatcher'
const letter = (
  offset: number,
  more: { readonly unit?: string; readonly tenant?: string } = {},
) => ({
  ...deadLetterOf(more.unit ?? unit, {
    topic: `${unit}.dlq`,
    partition: 2,
    offset,
    key: 'k',
    value: Buffer.from('a person'),
    timestamp: 0,
    headers: { 'dlq.error': 'no-tax-code', 'dlq.message': 'Rossi has no tax code' },
  }),
  ...(more.tenant === undefined ? {} : { tenant: more.tenant }),
})
const dropped: Decision = {
  action: 'dropped',
  at: '2026-01-15T10:00:00Z',
  operator: 'a',
  reason: 'b',
}

const foundOf = (listing: Partial<ConstructorParameters<typeof Found>[1]> = {}) =>
  new Found(
    { of: ({ record }) => (record.offset === 0 ? dropped : undefined) },
    { isAll: false, by: [], shownMax: 2, ...listing },
  )

describe('a list of dead letters', () => {
  it('counts all and keeps no more than are shown, without a value or the words of an error', () => {
    const found = foundOf()
    for (let offset = 0; offset < 5; offset++) found.note({ unit }, letter(offset))
    const { count, undecided, letters } = found.all()
    expect([count, undecided, letters.map(({ place }) => place)]).toEqual([
      4,
      4,
      [`${unit}.dlq@2:1`, `${unit}.dlq@2:2`],
    ])
    expect(JSON.stringify(letters)).not.toMatch(/Rossi|person/)
  })

  it('has those that were decided on where they are asked for', () => {
    const found = foundOf({ isAll: true })
    found.note({ unit }, letter(0))
    expect(found.all()).toMatchObject({
      count: 1,
      undecided: 0,
      letters: [{ decision: { action: 'dropped' } }],
    })
  })

  it('says how many of a tenant are left out because nobody knows whose they are', () => {
    const found = foundOf()
    found.note({ unit, tenant: 'body-1' }, letter(1, { tenant: 'body-1' }))
    found.note({ unit, tenant: 'body-1' }, letter(2, { tenant: 'body-2' }))
    found.note({ unit, tenant: 'body-1' }, letter(3))
    expect(found.all()).toMatchObject({ count: 1, leftOut: 1, letters: [{ tenant: 'body-1' }] })
  })

  it('names the units that are gone', () => {
    const found = foundOf()
    found.note({ unit: 'payment-printer' }, letter(1, { unit: 'payment-printer' }))
    found.note({ unit }, letter(2))
    expect(found.all().gone).toEqual(['payment-printer'])
  })

  it('only counts where it is asked to', () => {
    const found = foundOf({ by: ['error'] })
    for (let offset = 1; offset < 5; offset++) found.note({ unit }, letter(offset))
    expect(found.all()).toMatchObject({ letters: [], groups: [{ error: 'no-tax-code', count: 4 }] })
  })
})
