import { describe, expect, it } from 'vitest'
import { decimalsOf } from '#schemas/values/currency'

describe('the decimals of a currency', () => {
  it.each([
    ['JPY', 0],
    ['CLP', 0],
    ['BRL', 2],
    ['EUR', 2],
    ['KWD', 3],
    ['TND', 3],
  ])('%s has %i', (currency, decimals) => {
    expect(decimalsOf(currency)).toBe(decimals)
  })

  it.each(['ALL', 'IQD', 'MGA'])(
    'are those of the standard where price tags show fewer: %s',
    (currency) => {
      const shown = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions()
      expect(decimalsOf(currency)).toBeGreaterThan(shown.maximumFractionDigits!)
    },
  )

  // XXX is ISO 4217's own word for no currency, XAU is gold, CLF a unit of account.
  it.each(['brl', 'XXX', 'XAU', 'CLF', '986', '', 'BRL '])('%j is none', (currency) => {
    expect(decimalsOf(currency)).toBeUndefined()
  })
})
