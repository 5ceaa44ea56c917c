import { codecOf } from '#schemas/codec'
import type { Due } from '#ports/intermediary'
import type { DuesRequest, User } from '#schemas/generated/types'
import { readSample } from '#schemas/samples/sample'
import { normaliseUser } from '#schemas/users/normalise'
import { samplePayment } from '#streams/payments/samples'

const { tenant_id, service_id, user_id } = samplePayment()

/** The login of the fictional citizen. */
export const sampleUser = (changes: Partial<User> = {}): User => ({
  ...codecOf('corrente.users.User').fromJson(normaliseUser(readSample('user'))),
  ...changes,
})

/** What an intermediary lists of that citizen. */
export const sampleDue = (changes: Partial<Due> = {}): Due => ({
  iud: 'TARI-2026.000123',
  notice_code: '301000000012345678',
  iuv: '01000000012345678',
  amount: 12_340,
  currency: 'EUR',
  reason: 'TARI 2026, first instalment',
  created_at: '2026-01-02T08:00:00+01:00',
  expire_at: '2026-06-30T23:59:59+02:00',
  ...changes,
})

/** The question after those dues. */
export const sampleRequest = (changes: Partial<DuesRequest> = {}): DuesRequest => ({
  ask_id: 'a3f4b7a9-2c1e-8b55-8f60-9e7a1b2c3d04',
  connector: 'examplepay',
  tenant_id,
  service_id,
  user_id,
  tax_code: 'PRVLCU85M15X000R',
  name: 'Luca',
  family_name: 'Prova',
  email: 'luca.prova@example.org',
  event_id: 'd3f4b7a9-2c1e-4b55-8f60-9e7a1b2c3d04',
  event_version: '1.0',
  event_created_at: '2026-01-15T10:00:00+01:00',
  app_id: 'dues-requester:0.1.0',
  ...changes,
})
