import { expect, it } from 'vitest'

import { placeFor } from '#compose/embedded/open-place'

it('gives every folder a place of its own, always the same', () => {
  const place = placeFor('postgres', '/srv/closed/corrente', '/var/tmp')
  expect(place).toMatch(/^\/var\/tmp\/corrente-postgres-[0-9a-f]{16}$/)
  expect(placeFor('postgres', '/srv/closed/corrente', '/var/tmp')).toBe(place)
  expect(placeFor('postgres', '/srv/closed/other', '/var/tmp')).not.toBe(place)
})
