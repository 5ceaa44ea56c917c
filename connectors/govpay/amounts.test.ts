import { parse } from 'lossless-json'
import { describe, expect, it } from 'vitest'
import { Cents, withNumbers } from '#connectors/govpay/amounts'

const read = (json: string) => Cents.safeParse(parse(json)).data

describe('an amount that GovPay tells', () => {
  it.each([
    ['42.50', 4250],
    ['42.5', 4250],
    ['0.05', 5],
    ['0.1', 10],
    ['300', 30000],
    ['300.00', 30000],
    ['1234.56', 123456],
    ['42.499999999999999', 4250],
    ['1.23456789E7', 1234567890],
    ['1.0E7', 1000000000],
    ['1E8', 10000000000],
    ['"45.01"', 4501],
  ])('%s is %s cents', (json, cents) => {
    expect(read(json)).toBe(cents)
  })

  it.each(['true', 'null', '"many"', '1.5E-3', '1E40', '{}', '[]'])('%s is none', (json) => {
    expect(read(json)).toBeUndefined()
  })
})

it('an amount goes out as a JSON number with the digits it has, and nothing else does', () => {
  const asked = { importo: '300.00', voci: [{ importo: '0.05', descrizione: '1.00' }] }
  expect(withNumbers(asked)).toBe(
    '{"importo":300.00,"voci":[{"importo":0.05,"descrizione":"1.00"}]}',
  )
})

it.each(['"importo":"1.00"', '\\"importo":"1.00"', 'importo', ',"importo":"1.00'])(
  'a text that says %j stays the text it is, and what stands beside it, too',
  (causale) => {
    const asked = { causale, importo: '300.00', descrizione: causale }
    expect(JSON.parse(withNumbers(asked))).toEqual({ ...asked, importo: 300 })
  },
)
