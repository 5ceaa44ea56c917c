import { expect, it } from 'vitest'

import { kafkaBroker, newClusterId } from '#compose/embedded/kafka-broker'

it('makes cluster ids that the tool does not take for options', () => {
  const ids = Array.from({ length: 2000 }, newClusterId)
  expect(new Set(ids).size).toBe(2000)
  expect(ids.every((id) => /^[A-Za-z0-9_][A-Za-z0-9_-]{21}$/.test(id))).toBe(true)
})

it('claims the port of the broker and that of its controller', () => {
  const broker = kafkaBroker({ dataDir: '/srv/stack', portBase: 17000 })
  expect(broker.address).toBe('127.0.0.1:17092')
  expect(broker.claims.map(({ port }) => port)).toEqual([17092, 17093])
})

it('does not answer where nobody listens', async () => {
  const broker = kafkaBroker({ dataDir: '/srv/stack', portBase: 1 })
  await expect(broker.answers()).rejects.toThrow()
})
