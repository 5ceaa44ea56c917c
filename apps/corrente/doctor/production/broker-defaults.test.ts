import { expect, it } from 'vitest'
import { defaultFindings } from '#apps/corrente/doctor/production/broker-defaults'

const told = (settings: Record<string, string>) =>
  defaultFindings(new Map(Object.entries(settings))).map(
    ({ level, sentence }) => `${level}: ${sentence}`,
  )

it('is well with three copies of everything, and judges nothing that is not told', () => {
  const well = { 'default.replication.factor': '3', 'transaction.state.log.min.isr': '2' }
  expect(told(well)).toEqual(['ok: new topics and transactions are kept in several copies'])
  expect(told({})).toHaveLength(1)
})

it.each([
  [{ 'default.replication.factor': '1' }, /^warning: default\.replication\.factor is 1/],
  [{ 'offsets.topic.replication.factor': '1' }, /^warning: offsets\.topic/],
  [{ 'transaction.state.log.replication.factor': '2' }, /^warning: transaction\.state\.log\.rep/],
  [{ 'transaction.state.log.min.isr': '1' }, /^warning: transaction\.state\.log\.min\.isr is 1/],
  [{ 'transactional.id.expiration.ms': '3600000' }, /^advice: transactional\.id\.expiration/],
  [
    { 'transaction.abort.timed.out.transaction.cleanup.interval.ms': '60000' },
    /^advice: transaction\.abort/,
  ],
])('%j is a sentence', (settings, sentence) => {
  expect(told(settings as Record<string, string>)).toEqual([expect.stringMatching(sentence)])
})
