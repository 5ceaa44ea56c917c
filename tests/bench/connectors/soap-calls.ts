import { fileURLToPath } from 'node:url'
import axios from 'axios'
import { type Client, createClientAsync, type IOptions } from 'soap'
import { mypay } from '#connectors/mypay/index'
import { outgoingCalls } from '#core/outgoing-agents'
import type { Calls } from '#tests/bench/connectors/call-spec'
import { bodyAtMypay, mypayBody } from '#tests/bench/connectors/mypay-body'
import { recorded } from '#tests/bench/connectors/recorded'
import { nowhere, trialPayments } from '#tests/bench/connectors/trial-payments'

/** A due composed, put in and read by MyPay's connector. */
export const ourImport: Calls = async (url, count) => {
  const payments = trialPayments(count)
  const configuration = bodyAtMypay(url)
  const intermediary = mypay.connect(configuration)
  return async (n) => {
    const request = mypay.composeOpening(payments[n]!, configuration)
    const { signal } = new AbortController()
    const { notice_code } = await intermediary.openDebtPosition(request, nowhere, signal)
    if (notice_code === null) throw new Error('a due without a notice code')
  }
}

const description = new URL('../../../connectors/mypay/pagamenti-telematici.wsdl', import.meta.url)

interface Answered {
  readonly esito?: string
}

type Importing = Client & {
  paaSILImportaDovutoAsync(members: object): Promise<readonly [Answered]>
}

/** The due of the first of them, put in by the SOAP client alone. */
export const bareImport: Calls = async (url) => {
  const { text, path } = await recorded(ourImport)
  const [, dovuto] = /<dovuto>([^<]+)</.exec(text) ?? []
  const [, header] = /<soap:Header>(.*)<\/soap:Header>/s.exec(text) ?? []
  const client = (await createClientAsync(fileURLToPath(description), {
    endpoint: url + path,
    // The package has axios's other types, those for CommonJS.
    request: axios.create(outgoingCalls()) as unknown as NonNullable<IOptions['request']>,
  })) as Importing
  client.addSoapHeader(header)
  const members = { password: mypayBody.password, dovuto, flagGeneraIuv: false }
  return async () => {
    const [{ esito }] = await client.paaSILImportaDovutoAsync(members)
    if (esito !== 'OK') throw new Error('a due that was not put in')
  }
}
