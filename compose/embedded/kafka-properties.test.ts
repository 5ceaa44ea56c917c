import { expect, it } from 'vitest'

import { kafkaProperties } from '#compose/embedded/kafka-properties'

const linesOf = (settings: Parameters<typeof kafkaProperties>[0]) =>
  kafkaProperties(settings).trimEnd().split('\n')

const lines = linesOf({ dataDir: '/srv/stack', portBase: 17000 })

it('listens on loopback only, at the ports of the port base', () => {
  expect(lines).toContain('listeners=PLAINTEXT://127.0.0.1:17092,CONTROLLER://127.0.0.1:17093')
  expect(lines).toContain('advertised.listeners=PLAINTEXT://127.0.0.1:17092')
  expect(lines).toContain('controller.quorum.voters=1@127.0.0.1:17093')
  expect(kafkaProperties({ dataDir: '/srv/stack', portBase: 17000 })).not.toContain('0.0.0.0')
})

it('forgets nothing and creates nothing by itself', () => {
  expect(lines).toContain('log.retention.ms=-1')
  expect(lines).toContain('log.retention.bytes=-1')
  expect(lines).toContain('offsets.retention.minutes=5256000')
  expect(lines).toContain('auto.create.topics.enable=false')
})

it('replicates nothing: one node', () => {
  const factors = lines.filter((line) => /replication\.factor|min\.isr/.test(line))
  expect(factors).toHaveLength(5)
  expect(factors.every((line) => line.endsWith('=1'))).toBe(true)
})

it('ends hanging transactions, but none while it starts, and allows sessions of six seconds', () => {
  expect(lines).toContain('transaction.abort.timed.out.transaction.cleanup.interval.ms=5000')
  expect(lines).toContain('group.min.session.timeout.ms=1000')
})

it('lets no busy machine fence the only broker, and a killed one in again after three seconds', () => {
  const sessionOf = (wasKilled: boolean) =>
    linesOf({ dataDir: '/srv/stack', portBase: 17000, wasKilled }).filter((line) =>
      line.startsWith('broker.session.timeout.ms='),
    )
  expect(sessionOf(false)).toEqual(['broker.session.timeout.ms=60000'])
  expect(sessionOf(true)).toEqual(['broker.session.timeout.ms=3000'])
})

it('says each setting once, in the profile of tests too', () => {
  const names = linesOf({ dataDir: '/srv/stack', portBase: 17000, profile: 'test' }).map(
    (line) => line.split('=')[0],
  )
  expect(new Set(names).size).toBe(names.length)
})

it('writes a folder so that Java reads it back: backslashes and accents are escaped', () => {
  expect(linesOf({ dataDir: '/srv/città\\ c', portBase: 17000 })).toContain(
    'log.dirs=/srv/citt\\u00e0\\\\ c/kafka',
  )
})
