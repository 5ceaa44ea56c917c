import type { Configuration } from '#ports/intermediary'

/** Whose sandbox it is, and the secrets agreed with it. */
export const exampleBody = {
  sender_id: 'BUGLIANO',
  sender_system: 'SIL_BUGLIANO',
  username: 'sil-bugliano',
  password: 'prova-prova',
} as const

/** With whom IRIS tells of payments. */
export const exampleNotified = { username: 'iris', password: 'prova-notifiche' } as const

/** The tax code of the body. */
export const exampleCreditor = '01234567897'

interface Addresses {
  readonly positionsUrl: string
  readonly statusUrl: string
  readonly noticesUrl: string
}

/** The forms for IRIS at these addresses. */
export const exampleConfiguration = (
  { positionsUrl, statusUrl, noticesUrl }: Addresses,
  changes: { readonly tenant?: object; readonly service?: object } = {},
): Configuration => ({
  tenant: {
    tax_identification_number: exampleCreditor,
    positions_url: positionsUrl,
    status_url: statusUrl,
    notices_url: noticesUrl,
    ...exampleBody,
    segregation_code: '99',
    notify_username: exampleNotified.username,
    notify_password: exampleNotified.password,
    timeout_ms: 5_000,
    ...changes.tenant,
  },
  service: { due_type: 'CANONE_UNICO', ...changes.service },
})
