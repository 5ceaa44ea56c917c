import { describe, expect, it } from 'vitest'
import { timePattern } from '#apps/ksql-standin/sql/pull/java-pattern'

describe('a format of Java', () => {
  it('is written by to_char and read by groups', () => {
    expect(timePattern("yyyy-MM-dd'T'HH:mm:ss.SSSX")).toEqual({
      toChar: 'YYYY"-"MM"-"DD"T"HH24":"MI":"SS"."MS"Z"',
      reading: String.raw`^(\d{4})-(0[1-9]|1[0-2])-([0-2]\d|3[01])T([01]\d|2[0-3]):([0-5]\d):([0-5]\d)\.(\d{3})(Z|[+-]\d{2}(?:\d{2})?)$`,
      fields: ['year', 'month', 'day', 'hour', 'minute', 'second', 'fraction', 'zone'],
    })
  })

  it('keeps what is quoted, a quote as two of them', () => {
    expect(timePattern(`HH'h'''"\\(`)).toMatchObject({
      toChar: `HH24"h'""\\"""\\\\""("`,
      reading: String.raw`^([01]\d|2[0-3])h'"\\\($`,
    })
  })

  it.each(['EEEE', 'yy', 'HH:HH', "yyyy'", 'hh a'])(
    'that is not known here is none: %s',
    (java) => {
      expect(timePattern(java)).toBeUndefined()
    },
  )
})
