import { UsageError } from '#apps/corrente/command'
import { demoService, demoTenant } from '#apps/corrente/demo-application'
import { addressesOf, type Installation } from '#apps/corrente/demo-apps'
import { sandboxNames as govpayNames } from '#connectors/govpay/sandbox'
import { secretsOf } from '#apps/corrente/secrets'
import { configurationsOf, configured, type Forms, tenantBasics } from '#apps/corrente/seed'

type Place = Pick<Installation, 'dataDir' | 'portBase'>

/** An intermediary whose sandbox a demonstration can pay at, by a digital service of its own. */
export interface DemoIntermediary {
  /** That of its connector. */
  readonly name: string
  readonly service_id: string
  /** What an administrator types for the fictional body and the service. */
  forms(place: Place): Forms
}

const examplepay: DemoIntermediary = {
  name: 'examplepay',
  service_id: demoService,
  forms: (place) => configurationsOf(place, { tenant_id: demoTenant }),
}

const externalPage: DemoIntermediary = {
  name: 'external-page',
  service_id: '2f4c8a17-9d3b-4e60-8b5f-6a1d0c7e9b42',
  forms({ dataDir, portBase }) {
    const page = addressesOf(portBase).externalPage
    const asked = 'iud={iud}&time={time}&nonce={nonce}'
    const sum = 'amount={amount}&currency={currency}&description={description}'
    return {
      tenant: {
        ...tenantBasics,
        page_url: `${page}/pay?${asked}&${sum}&landing={landing}&notify={notify}`,
        status_url: `${page}/status?${asked}`,
        signing_secret: secretsOf(dataDir).pageSecret,
      },
      service: { tenant_id: demoTenant, description: 'Canone unico', active: true },
    }
  },
}

const govpay: DemoIntermediary = {
  name: 'govpay',
  service_id: 'c7a9e5d1-3b64-4f0e-9c28-5e1f7a2b8d36',
  forms({ dataDir, portBase }) {
    const { govpayPassword, govpayNotifyPassword } = secretsOf(dataDir)
    return {
      tenant: {
        ...tenantBasics,
        base_url: addressesOf(portBase).govpay,
        ...govpayNames,
        password: govpayPassword,
        notify_username: 'govpay',
        notify_password: govpayNotifyPassword,
      },
      service: { tenant_id: demoTenant, due_type: 'CANONE', revenue_code: 'CANONE', active: true },
    }
  },
}

const mypay: DemoIntermediary = {
  name: 'mypay',
  service_id: '8d1e5b30-6c2a-4f97-9a48-3b7f0e2d6c15',
  forms({ dataDir, portBase }) {
    const { mypayPassword, mypaySecret } = secretsOf(dataDir)
    return {
      tenant: {
        ...tenantBasics,
        // Whom dues are owed to at the sandbox, and the code and segregation code it has of them.
        tax_identification_number: '01234567897',
        ipa_code: 'C_BUG',
        segregation_code: '99',
        base_url: `${addressesOf(portBase).mypay}/ws/pa/PagamentiTelematiciDovutiPagati`,
        password: mypayPassword,
        notify_secret: mypaySecret,
      },
      service: {
        tenant_id: demoTenant,
        due_type: 'CANONE',
        collection_data: '9/0101002IM/',
        active: true,
      },
    }
  },
}

const iris: DemoIntermediary = {
  name: 'iris',
  service_id: '6d1b3f52-8c47-4a09-b2e6-5f7a9c0d1e34',
  forms({ dataDir, portBase }) {
    const at = addressesOf(portBase).iris
    const { irisPassword, irisNotifyPassword } = secretsOf(dataDir)
    return {
      tenant: {
        ...tenantBasics,
        positions_url: `${at}/positions`,
        status_url: `${at}/status`,
        notices_url: `${at}/notices`,
        username: 'sil-bugliano',
        password: irisPassword,
        sender_id: 'BUGLIANO',
        sender_system: 'SIL_BUGLIANO',
        segregation_code: '99',
        notify_username: 'iris',
        notify_password: irisNotifyPassword,
      },
      service: {
        tenant_id: demoTenant,
        due_type: 'CANONE_UNICO',
        // The shares of the demonstration's application.
        split: [{ split_id: 'c_1' }],
        active: true,
      },
    }
  },
}

/** Those a demonstration can pay at. */
export const demoIntermediaries: readonly DemoIntermediary[] = [
  examplepay,
  externalPage,
  govpay,
  mypay,
  iris,
]

export const intermediaryNames = demoIntermediaries.map(({ name }) => name).join(', ')

/** The one of that name; throws UsageError where there is none. */
export function demoIntermediaryOf(asked = examplepay.name): DemoIntermediary {
  const found = demoIntermediaries.find(({ name }) => name === asked)
  if (found) return found
  throw new UsageError(`--intermediary ${asked}: it is one of ${intermediaryNames}`)
}

/** Configures the fictional body at each of them; harmless when repeated. Throws as `configured` does. */
export async function seedDemo(place: Place): Promise<void> {
  await Promise.all(
    demoIntermediaries.map(({ name, service_id, forms }) =>
      configured(place, { connector: name, tenant_id: demoTenant, service_id }, forms(place)),
    ),
  )
}
