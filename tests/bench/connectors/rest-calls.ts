import axios from 'axios'
import { govpay } from '#connectors/govpay/index'
import { outgoingCalls } from '#core/outgoing-agents'
import { govpayDomain } from '#tests/bench/connectors/call-answers'
import type { Calls } from '#tests/bench/connectors/call-spec'
import { nowhere, trialPayments } from '#tests/bench/connectors/trial-payments'
import { recorded } from '#tests/bench/connectors/recorded'

/** A debt composed, opened and read by GovPay's connector. */
export const ourPut: Calls = async (url, count) => {
  const payments = trialPayments(count)
  const configuration = {
    tenant: {
      base_url: url,
      application_id: 'A2A-CORRENTE',
      domain_id: govpayDomain,
      username: 'corrente',
      password: 'example-password',
    },
    service: { due_type: 'CANONE', revenue_code: 'CANONE' },
  }
  const intermediary = govpay.connect(configuration)
  return async (n) => {
    const request = govpay.composeOpening(payments[n]!, configuration)
    const { signal } = new AbortController()
    const { notice_code } = await intermediary.openDebtPosition(request, nowhere, signal)
    if (notice_code === null) throw new Error('a debt without a notice code')
  }
}

/** The bytes of the first of them, put by axios alone. */
export const barePut: Calls = async (url) => {
  const { path, headers, text } = await recorded(ourPut)
  const { accept, authorization, 'content-type': type } = headers
  const client = axios.create(outgoingCalls())
  const bytes = Buffer.from(text, 'utf8')
  return async () => {
    const { data } = await client.put<{ numeroAvviso?: string }>(url + path, bytes, {
      headers: { accept, authorization, 'content-type': type },
    })
    if (!data.numeroAvviso) throw new Error('a debt without a notice code')
  }
}
