import { describe, expect, it } from 'vitest'
import { examplePayer } from '#connectors/mypay/example-payment'
import { provinceOf, toSoggettoPagatore } from '#connectors/mypay/mapping-payer'

describe('who owes', () => {
  it('is told with the address', () => {
    expect(toSoggettoPagatore(examplePayer)).toEqual({
      identificativoUnivocoPagatore: {
        tipoIdentificativoUnivoco: 'F',
        codiceIdentificativoUnivoco: 'PRVLCU85M15X000R',
      },
      anagraficaPagatore: 'Luca Prova',
      indirizzoPagatore: 'Via delle Prove',
      civicoPagatore: '12',
      capPagatore: '00000',
      localitaPagatore: 'Bugliano',
      provinciaPagatore: 'PI',
      nazionePagatore: 'IT',
      'e-mailPagatore': 'luca.prova@example.org',
    })
  })

  it('is a person before the law, too', () => {
    const company = {
      ...examplePayer,
      type: 'legal' as const,
      name: 'Prova srl',
      family_name: null,
    }
    expect(toSoggettoPagatore(company)).toMatchObject({
      identificativoUnivocoPagatore: { tipoIdentificativoUnivoco: 'G' },
      anagraficaPagatore: 'Prova srl',
    })
  })

  it('keeps a postal code that begins with 0, and cuts what is too long', () => {
    const told = toSoggettoPagatore({ ...examplePayer, postal_code: '00100', name: 'L'.repeat(90) })
    expect(told.capPagatore).toBe('00100')
    expect(told.anagraficaPagatore).toHaveLength(70)
  })

  it('is told without what is absent or no such thing', () => {
    const bare = {
      ...examplePayer,
      building_number: '',
      country_subdivision: 'Pisa',
      country: 'ITA',
      email: 'nobody at home',
    }
    expect(toSoggettoPagatore(bare)).toMatchObject({
      civicoPagatore: undefined,
      provinciaPagatore: undefined,
      nazionePagatore: undefined,
      'e-mailPagatore': undefined,
    })
  })

  it('lives in a province in upper case', () => {
    expect(provinceOf({ ...examplePayer, country_subdivision: 'pi' })).toBe('PI')
    expect(provinceOf({ ...examplePayer, country_subdivision: null })).toBeUndefined()
  })
})
