import { expect, it } from 'vitest'
import type { Refusal } from '#apps/ksql-standin/http/reply'
import { refuseDenied, refuseUnknown } from '#apps/ksql-standin/http/request-properties'

it('lets through what ksqlDB knows', () => {
  const known = { 'ksql.streams.auto.offset.reset': 'latest', 'auto.offset.reset': 'earliest' }
  refuseDenied(known, true)
  refuseUnknown(known, null)
})

it('refuses an unknown one as an error of the server, as ksqlDB does', () => {
  try {
    refuseUnknown({ 'foo.bar': 'x' }, 'SHOW TABLES;')
    expect.unreachable()
  } catch (error) {
    const { cause } = error as Refusal
    expect(cause).toMatchObject({ code: 50000, statementText: 'SHOW TABLES;' })
  }
})

it('refuses what no request may set', () => {
  expect(() => refuseDenied({ 'ksql.service.id': 'x' }, true)).toThrow(
    'ksql.service.id cannot be set',
  )
})
