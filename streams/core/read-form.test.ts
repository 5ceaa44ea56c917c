import { expect, it } from 'vitest'
import { z } from 'zod'
import { formReader } from '#core/read-form'

const form = z.object({ due_type: z.string(), timeout_ms: z.int().default(3_000) })
const serviceOf = formReader('service', form)
const configured = (service: unknown) => ({ tenant: {}, service })

it('a level of a configuration is read by its form, what is absent filled in', () => {
  expect(serviceOf(configured({ due_type: 'TARI' }))).toEqual({
    due_type: 'TARI',
    timeout_ms: 3_000,
  })
})

it.each([
  [{ due_type: 1 }, 'service.due_type: '],
  [undefined, 'service: '],
  ['TARI', 'service: '],
])('%j is refused, naming the member', (service, message) => {
  const reading = () => serviceOf(configured(service))
  expect(reading).toThrow(expect.objectContaining({ code: 'bad-configuration' }) as Error)
  expect(reading).toThrow(message)
})

it('the same object is read once, another one anew, and each form for itself', () => {
  const given = { due_type: 'TARI' }
  const read = serviceOf(configured(given))
  expect(serviceOf(configured(given))).toBe(read)
  expect(serviceOf(configured({ ...given }))).not.toBe(read)
  const tenantOf = formReader('tenant', z.object({ due_type: z.string() }))
  expect(tenantOf({ tenant: given, service: {} })).toEqual({ due_type: 'TARI' })
})
