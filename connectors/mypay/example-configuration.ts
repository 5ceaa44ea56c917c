import { startMypaySandbox } from '#connectors/mypay/sandbox'
import type { Configuration } from '#ports/intermediary'

/** Whose sandbox it is, and the secrets agreed with it. */
export const exampleBody = { ipa_code: 'C_BUG', password: 'prova-prova' } as const
export const exampleNotifySecret = 'example-notify-secret'

/** The tax code of the sandbox's body. */
export const exampleCreditor = '01234567897'

/** The forms for MyPay at this address. */
export const exampleConfiguration = (base_url: string, changes: object = {}): Configuration => ({
  tenant: {
    tax_identification_number: exampleCreditor,
    base_url,
    ...exampleBody,
    segregation_code: '99',
    notify_secret: exampleNotifySecret,
    ...changes,
  },
  service: { due_type: 'CANONE_UNICO' },
})

/** A sandbox that notifies nobody. */
export const startExampleSandbox = () =>
  startMypaySandbox({ ...exampleBody, notify_secret: exampleNotifySecret })
