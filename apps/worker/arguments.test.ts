import { describe, expect, it } from 'vitest'
import { chosen, workerArguments } from '#apps/worker/arguments'

const units = [{ name: 'payment-dispatcher' }, { name: 'payment-intake' }]

describe('worker arguments', () => {
  it('runs every unit, from nowhere in particular, when nothing is said', () => {
    expect(workerArguments([])).toEqual({ only: [], except: [], from: undefined, isHelp: false })
  })

  it.each([
    ['earliest', 'earliest'],
    ['latest', 'latest'],
    ['2026-01-15T10:00:00Z', new Date('2026-01-15T10:00:00Z')],
  ])('reads --from %s', (text, from) => {
    expect(workerArguments(['--from', text]).from).toEqual(from)
  })

  it.each(['yesterday', '5', '2026-13-45T00:00:00Z'])('refuses --from %s', (text) => {
    expect(() => workerArguments(['--from', text])).toThrow('say earliest, latest, or an instant')
  })

  it.each([
    ['--only', ''],
    ['--except', ''],
    ['--only', ','],
  ])('refuses %s with a list of nothing (%j)', (option, text) => {
    expect(() => workerArguments([option, text])).toThrow(`${option} names no unit`)
  })

  it('refuses an option it does not know', () => {
    expect(() => workerArguments(['--form', 'earliest'])).toThrow()
  })
})

describe('chosen units', () => {
  it('runs some, or all but some', () => {
    const [dispatcher, intake] = units
    expect(chosen(units, { only: ['payment-intake'], except: [] })).toEqual([intake])
    expect(chosen(units, { only: [], except: ['payment-intake'] })).toEqual([dispatcher])
  })

  it('names the units there are when one is not', () => {
    expect(() => chosen(units, { only: ['payment-intakes'], except: [] })).toThrow(
      'payment-intakes is not a unit; the units are payment-dispatcher, payment-intake',
    )
  })

  it.each([
    { only: ['payment-intake'], except: ['payment-intake'] },
    { only: [], except: ['payment-dispatcher', 'payment-intake'] },
  ])('refuses a choice that leaves none: %j', (choice) => {
    expect(() => chosen(units, choice)).toThrow(
      '--only and --except leave no unit to run of payment-dispatcher, payment-intake',
    )
  })
})
