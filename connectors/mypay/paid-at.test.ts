import { describe, expect, it } from 'vitest'
import { paidAt } from '#connectors/mypay/paid-at'

const receipt = (moment: string) =>
  `<r:receipt xmlns:r="urn:x"><a><r:paymentDateTime>${moment}</r:paymentDateTime></a></r:receipt>`

describe('when a due was paid', () => {
  it.each([
    [
      'a time of Rome in winter',
      '2025-03-11',
      '2025-03-11T10:00:07.123',
      '2025-03-11T10:00:07+01:00',
    ],
    ['a time of Rome in summer', '2025-07-11', '2025-07-11T10:00:07', '2025-07-11T10:00:07+02:00'],
    ['a time of elsewhere', '2025-03-11', '2025-03-11T10:00:07Z', '2025-03-11T11:00:07+01:00'],
  ])('is the moment of the receipt: %s', (_what, day, moment, at) => {
    expect(paidAt(day, receipt(moment))).toBe(at)
  })

  it('is read from a receipt of the former form, too', () => {
    const former =
      '<RT><dataOraMessaggioRicevuta>2025-03-11T10:00:07</dataOraMessaggioRicevuta></RT>'
    expect(paidAt('2025-03-11', former)).toBe('2025-03-11T10:00:07+01:00')
  })

  it.each([
    ['there is none', undefined],
    ['it is no XML', 'hello'],
    ['it has a document type', '<!DOCTYPE r><r/>'],
    ['it tells no moment', '<receipt/>'],
    ['it tells another day', receipt('2025-03-12T00:00:01')],
    ['it tells no time at all', receipt('soon')],
    ['it tells a day that is none', receipt('2025-02-31T25:61:00')],
  ])('is the beginning of the day where %s', (_what, text) => {
    expect(paidAt('2025-03-11+01:00', text)).toBe('2025-03-11T00:00:00+01:00')
  })
})
