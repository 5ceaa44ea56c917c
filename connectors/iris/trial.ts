import { randomUUID } from 'node:crypto'
import { formatDateTime } from '#schemas/values/date-time'
import type { Owed } from '#connectors/iris/mapping'

/** A euro that the body owes itself, to try out whether a pendency is taken; withdrawn at once. */
export const trialFor = (creditor: string): Owed => ({
  iud: randomUUID().replaceAll('-', ''),
  amount: 100,
  currency: 'EUR',
  expire_at: null,
  reason: 'Prova di configurazione, da non pagare',
  created_at: formatDateTime(new Date()),
  payer: {
    type: 'legal',
    tax_identification_number: creditor,
    name: 'Prova di configurazione',
    family_name: null,
    street_name: null,
    building_number: null,
    postal_code: null,
    town_name: null,
    country_subdivision: null,
    country: null,
    email: null,
  },
})
