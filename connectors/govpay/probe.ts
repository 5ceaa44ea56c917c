import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { govpayClient } from '#connectors/govpay/client'
import { serviceOf, tenantOf } from '#connectors/govpay/config'
import { toNuovaPendenza } from '#connectors/govpay/mapping'
import { RejectedError, TransientError } from '#core/errors'
import { formatDateTime } from '#schemas/values/date-time'
import type { GovpayTenant } from '#connectors/govpay/config'
import type { Owed } from '#connectors/govpay/mapping-items'
import type { Profilo } from '#connectors/govpay/words'
import type { Configuration, Probe } from '#ports/intermediary'

/** Tries a configuration out: whether GovPay knows us, and whether a debt of the service can be opened and cancelled. */
export const govpayProbe = (configuration: Configuration): Probe => {
  const tenant = tenantOf(configuration)
  const service = serviceOf(configuration)
  const client = govpayClient(tenant)
  return {
    url: tenant.base_url,
    tryCredentials: async (signal) => {
      judgeProfile(await client.getProfilo(signal), tenant, service.due_type)
    },
    openAndCancel: async (signal) => {
      const trial = toNuovaPendenza(trialOf(tenant, configuration), tenant, service)
      const { idPendenza } = trial
      await client.putPendenza(trial, signal)
      await client
        .patchPendenza(
          idPendenza,
          [
            { op: 'REPLACE', path: '/stato', value: 'ANNULLATA' },
            { op: 'REPLACE', path: '/descrizioneStato', value: 'configuration tried out' },
          ],
          signal,
        )
        .catch((error: unknown) => {
          if (!(error instanceof Error)) throw error
          const left = `the debt ${idPendenza} was opened, but not cancelled: ${error.message}`
          throw new TransientError(left)
        })
    },
  }
}

const judgeProfile = (
  { domini, tipiPendenza }: Profilo,
  { domain_id }: GovpayTenant,
  due_type: string,
): void => {
  const isAmong = (ids: readonly string[], id: string) =>
    ids.length === 0 || ids.includes(id) || ids.includes('*')
  const domains = domini?.map(({ idDominio }) => idDominio) ?? []
  const types = tipiPendenza?.map(({ idTipoPendenza }) => idTipoPendenza) ?? []
  if (!isAmong(domains, domain_id))
    throw bad('tenant.domain_id: the application may not act for it')
  if (!isAmong(types, due_type)) throw bad('service.due_type: the application may not use it')
}

const bad = (message: string) => new RejectedError('bad-configuration', message)

/** Of the members that every service is given, those that make a debt. */
const Standard = z.object({
  payment_type: z.string().catch('PAGOPA'),
  collection_data: z.string().nullable().catch(null),
})

/** A debt of the body to itself, one that nobody will ever pay. */
const trialOf = ({ domain_id }: GovpayTenant, { service }: Configuration): Owed => {
  const { payment_type, collection_data } = Standard.parse(service)
  const isStamp = payment_type === 'STAMP'
  const now = formatDateTime(new Date())
  return {
    created_at: now,
    reason: 'Prova di configurazione',
    debtor: null,
    payer: {
      type: 'legal',
      tax_identification_number: domain_id,
      name: 'Prova di configurazione',
      family_name: null,
      street_name: null,
      building_number: null,
      postal_code: null,
      town_name: null,
      country_subdivision: 'RM',
      country: 'IT',
      email: null,
    },
    payment: {
      transaction_id: null,
      paid_at: null,
      expire_at: null,
      amount: isStamp ? 1_600 : 100,
      currency: 'EUR',
      notice_code: null,
      iud: randomUUID().replaceAll('-', ''),
      iuv: null,
      split: [],
      type: isStamp ? 'STAMP' : null,
      receiver: null,
      due_type: null,
      pagopa_category: collection_data,
      document: isStamp ? { id: null, ref: null, hash: `sha256:${'0'.repeat(64)}` } : null,
    },
  }
}
