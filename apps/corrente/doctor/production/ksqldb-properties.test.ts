import { expect, it } from 'vitest'
import { listed, propertyFindings } from '#apps/corrente/doctor/production/ksqldb-properties'

const told = (properties: Record<string, string>) =>
  propertyFindings(new Map(Object.entries(properties))).map(
    ({ level, sentence }) => `${level}: ${sentence}`,
  )

it('reads the list of a ksqlDB without the prefix, and passes over what is no list', () => {
  const entity = {
    '@type': 'properties',
    properties: [
      { name: 'ksql.streams.consumer.isolation.level', scope: 'KSQL', value: 'read_committed' },
      { scope: 'KSQL' },
    ],
  }
  expect(listed(entity)).toEqual([['consumer.isolation.level', 'read_committed']])
  expect(listed({ '@type': 'other' })).toEqual([])
})

it('is well where it reads committed, and where it does not say', () => {
  expect(told({ 'consumer.isolation.level': 'read_committed' })).toHaveLength(1)
  expect(told({})[0]).toMatch(/^ok: /)
})

it('is a warning where it shows what was aborted, advice where it may count twice', () => {
  expect(
    told({
      'consumer.isolation.level': 'read_uncommitted',
      'processing.guarantee': 'at_least_once',
    }),
  ).toEqual([
    expect.stringMatching(/^warning: consumer\.isolation\.level of ksqlDB is read_uncommitted/),
    expect.stringMatching(/^advice: processing\.guarantee of ksqlDB is at_least_once/),
  ])
})
