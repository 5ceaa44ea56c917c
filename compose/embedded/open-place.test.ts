import { expect, it } from 'vitest'

import { placeFor } from '#compose/embedded/open-place'

it('gives every folder a place of its own, always the same', () => {
  const place = placeFor('postgres', '/root/corrente', '/var/tmp')
  expect(place).toMatch(/^\/var\/tmp\/corrente-postgres-[0-9a-f]{16}$/)
  expect(placeFor('postgres', '/root/corrente', '/var/tmp')).toBe(place)
  expect(placeFor('postgres', '/root/other', '/var/tmp')).not.toBe(place)
})
