import { describe, expect, it } from 'vitest'
import {
  allocate,
  centsFromUnscaled,
  checkCents,
  eurosOf,
  formatCents,
  parseCents,
  toUnscaled,
} from '#schemas/values/cents'

describe('cents are read from', () => {
  it.each([
    ['42.50', 4250],
    ['42,50', 4250],
    ['42,5', 4250],
    ['42', 4200],
    [42.5, 4250],
    [0.1 + 0.2, 30],
    ['0.005', 1],
    [1.005, 101],
    ['1.004999999999999999', 100],
    ['-1.005', -101],
    ['-0.001', 0],
    ['007.00', 700],
    ['0.00', 0],
    [-3.2, -320],
    ['9999999999.99', 999_999_999_999],
    [9999999999.99, 999_999_999_999],
    ['1.234', 123],
  ])('%j as %j', (input, cents) => {
    expect(parseCents(input)).toBe(cents)
  })
})

describe('cents are not read from', () => {
  it.each([
    ['', 'is not an amount such as 42.50'],
    ['abc', 'is not an amount such as 42.50'],
    [' 1', 'is not an amount such as 42.50'],
    ['+1', 'is not an amount such as 42.50'],
    ['.5', 'is not an amount such as 42.50'],
    ['1.234,56', 'is not an amount such as 42.50'],
    ['1e3', 'is not an amount such as 42.50'],
    [1e21, 'is not an amount such as 42.50'],
    [1e-7, 'is not an amount such as 42.50'],
    [Number.NaN, 'is not an amount such as 42.50'],
    ['1,234', 'has a comma before more than two digits; write 1234.00 or 1.23'],
    ['10000000000.00', 'has more than 12 digits'],
    ['9999999999.995', 'has more than 12 digits'],
    [null, 'is null; an amount is a number or its text'],
    [[], 'is a list; an amount is a number or its text'],
    [true, 'is a boolean; an amount is a number or its text'],
  ])('%j', (input, reason) => {
    expect(() => parseCents(input)).toThrow(reason)
  })
})

describe('cents of code', () => {
  it('are whole and of at most 12 digits', () => {
    expect(checkCents(-5)).toBe(-5)
    expect(() => checkCents(1.5)).toThrow('is not a whole number of cents')
    expect(() => checkCents(Number.NaN)).toThrow('is not a whole number of cents')
    expect(() => checkCents(1_000_000_000_000)).toThrow('has more than 12 digits')
    expect(() => checkCents('1')).toThrow('is a string; cents are a number')
  })

  it.each([
    [4250, '42.50', 42.5],
    [5, '0.05', 0.05],
    [0, '0.00', 0],
    [-5, '-0.05', -0.05],
    [-4250, '-42.50', -42.5],
    [999_999_999_999, '9999999999.99', 9999999999.99],
  ])('%j are written as %s and read back', (cents, text, euros) => {
    expect(formatCents(cents)).toBe(text)
    expect(eurosOf(cents)).toBe(euros)
    expect(parseCents(text)).toBe(cents)
    expect(parseCents(euros)).toBe(cents)
  })

  it('survive JSON to the cent wherever they are', () => {
    for (let cents = 1; cents < 1e12; cents = Math.ceil(cents * 1.01)) {
      expect(parseCents(JSON.parse(JSON.stringify(eurosOf(cents))))).toBe(cents)
    }
  })
})

describe('the decimal of Avro', () => {
  it.each([
    [0, '00'],
    [1, '01'],
    [127, '7f'],
    [128, '0080'],
    [255, '00ff'],
    [256, '0100'],
    [4250, '109a'],
    [-1, 'ff'],
    [-128, '80'],
    [-129, 'ff7f'],
    [-4250, 'ef66'],
    [999_999_999_999, '00e8d4a50fff'],
    [-999_999_999_999, 'ff172b5af001'],
  ])('of %j is %s', (cents, hex) => {
    expect(toUnscaled(cents).toString('hex')).toBe(hex)
    expect(centsFromUnscaled(Buffer.from(hex, 'hex'))).toBe(cents)
  })

  it('may be longer than needed, or empty', () => {
    expect(centsFromUnscaled(Buffer.from('0000000000000000000001', 'hex'))).toBe(1)
    expect(centsFromUnscaled(Buffer.from('fffffffffffffffffffe', 'hex'))).toBe(-2)
    expect(centsFromUnscaled(Buffer.alloc(0))).toBe(0)
  })

  it('is refused beyond 12 digits', () => {
    const huge = Buffer.from('7fffffffffffffffffffffffffffffff', 'hex')
    expect(() => centsFromUnscaled(huge)).toThrow('has more than 12 digits')
  })
})

describe('an amount is split', () => {
  it.each([
    [100, [1, 1, 1], [34, 33, 33]],
    [101, [1, 1, 1], [34, 34, 33]],
    [4250, [100], [4250]],
    [10, [0, 1, 0, 2], [0, 3, 0, 7]],
    [-100, [1, 1, 1], [-34, -33, -33]],
    [-1001, [33, 33, 34], [-330, -330, -341]],
    [999_999_999_999, [999_999_999_999, 1], [999_999_999_998, 1]],
    [0, [1, 2], [0, 0]],
  ])('%j by %j into %j', (cents, weights, shares) => {
    expect(allocate(cents, weights)).toEqual(shares)
  })

  it('never by weights that say nothing', () => {
    expect(() => allocate(1, [])).toThrow(RangeError)
    expect(() => allocate(1, [0, 0])).toThrow(RangeError)
    expect(() => allocate(1, [-1, 2])).toThrow(RangeError)
  })
})
