import { describe, expect, it } from 'vitest'
import { readDueRow, RefusedCell } from '#apps/corrente/dues/due-row'

const whole = {
  notice_number: '399202600000000117',
  amount: '123,40',
  reason: 'Rifiuti 2026',
  payer_tax_identification_number: 'prvlcu85m15x000r',
  payer_name: 'Luca',
}
const creditor = '00000000018'
const read = (cells: Readonly<Record<string, string>> = {}) =>
  readDueRow(new Map(Object.entries({ ...whole, ...cells })), creditor)

function refusalOf(cells: Readonly<Record<string, string>>): string {
  try {
    read(cells)
  } catch (error) {
    if (error instanceof RefusedCell) return `${error.column} ${error.message}`
    throw error
  }
  return 'taken'
}

describe('a row of dues', () => {
  it('is what is owed, by whom; its notice number is its key where no other is told', () => {
    expect(read()).toEqual({
      due: {
        iud: '399202600000000117',
        notice_code: '399202600000000117',
        iuv: '99202600000000117',
        amount: 12_340,
        currency: 'EUR',
        reason: 'Rifiuti 2026',
        created_at: null,
        expire_at: null,
      },
      payer: {
        type: 'human',
        tax_identification_number: 'PRVLCU85M15X000R',
        name: 'Luca',
        family_name: null,
        street_name: null,
        building_number: null,
        postal_code: null,
        town_name: null,
        country_subdivision: null,
        country: 'IT',
        email: null,
      },
      user_id: '00000000-0000-0000-0000-000000000000',
      warnings: [],
    })
  })

  it.each([
    ['42', 4_200],
    ['42.5', 4_250],
    ['42,50', 4_250],
    ['0,01', 1],
    ['9999999999.99', 999_999_999_999],
  ])('has the amount %s', (amount, cents) => {
    expect(read({ amount }).due.amount).toBe(cents)
  })

  it.each(['1.234,50', '1,234.50', '1.234', '42.505', '-5', '=1+1', '4e2', '€ 5', '0', '0,00'])(
    'is refused with the amount %s',
    (amount) => {
      expect(refusalOf({ amount })).toMatch(/^amount is not /)
    },
  )

  it('has days as Rome counts them, to their last second, and times with their offset', () => {
    const { due } = read({ created_at: '2026-03-29', expire_at: '2026-10-25' })
    expect(due.created_at).toBe('2026-03-29T00:00:00+01:00')
    expect(due.expire_at).toBe('2026-10-25T23:59:59+01:00')
    expect(read({ expire_at: '2026-06-30' }).due.expire_at).toBe('2026-06-30T23:59:59+02:00')
    const time = '2026-06-30T12:00:00Z'
    expect(read({ expire_at: time }).due.expire_at).toBe(time)
  })

  it.each(['30/06/2026', '2026-02-30', '2026-13-01', '2026-06-30 12:00', 'tomorrow'])(
    'is refused with the deadline %s',
    (expire_at) => {
      expect(refusalOf({ expire_at })).toMatch(/^expire_at is not a /)
    },
  )

  it.each(['PRVLCU85M15X000A', '00000000019', 'LUCA', '1234567890'])(
    'is refused with the tax code %s',
    (payer_tax_identification_number) => {
      expect(refusalOf({ payer_tax_identification_number })).toMatch(/^payer_tax_identification/)
    },
  )

  it.each(['3.99203E+17', '39920260000000011', '999202600000000117'])(
    'is refused with the notice number %s',
    (notice_number) => {
      expect(refusalOf({ notice_number })).toMatch(/^notice_number /)
    },
  )

  it('is taken with other check digits, and says so', () => {
    const { due, warnings } = read({ notice_number: '3992 0260 0000 0001 18' })
    expect(due.notice_code).toBe('399202600000000118')
    expect(warnings).toEqual(['notice_number has other check digits than it should'])
  })

  it.each(['=HYPERLINK("http://evil.example")', '+1', '-1', '@SUM(A1)'])(
    'is refused with text that a spreadsheet would run: %s',
    (text) => {
      expect(refusalOf({ reason: text })).toBe('reason begins like a formula')
      expect(refusalOf({ payer_family_name: text })).toBe('payer_family_name begins like a formula')
    },
  )

  it('has its reason on one line; a long one is cut, and that is said', () => {
    expect(read({ reason: 'Rifiuti\r\n2026' }).due.reason).toBe('Rifiuti 2026')
    expect(read({ reason: 'x'.repeat(141) }).warnings).toEqual(['reason is cut to 140 characters'])
  })

  it('is refused where it is of another public body', () => {
    expect(refusalOf({ creditor_tax_identification_number: creditor })).toBe('taken')
    expect(refusalOf({ creditor_tax_identification_number: '00000000000' })).toBe(
      'creditor_tax_identification_number is another public body',
    )
  })

  it('may have a key and a citizen of its own; a company is known by its tax code', () => {
    const user_id = '0b9a7c3e-9a40-4d7c-a1a5-4f7b0a6d2c18'
    const told = read({ iud: 'TARI-1', user_id, payer_tax_identification_number: '00000000018' })
    expect(told).toMatchObject({ due: { iud: 'TARI-1' }, user_id, payer: { type: 'legal' } })
    expect(refusalOf({ iud: 'two words' })).toMatch(/^iud is not 1 to 35/)
    expect(refusalOf({ user_id: 'me' })).toBe('user_id is not a UUID')
  })

  it.each(Object.keys(whole))('is refused without its %s', (column) => {
    const cells = new Map(Object.entries(whole).filter(([name]) => name !== column))
    expect(() => readDueRow(cells, creditor)).toThrow(new RefusedCell(column, 'is empty'))
  })
})
