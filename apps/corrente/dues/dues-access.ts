import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { LogAccess } from '#apps/platform/inspection/log-access'
import type { Lookup } from '#core/processor'
import { openTable, type Table } from '#core/table'
import type { PaymentCurrent } from '#schemas/generated/types'
import type { AnyTopic, ValueOf } from '#schemas/topic'
import * as topics from '#schemas/topics'
import { readJson } from '#schemas/values/json-text'
import { servingConfigurations } from '#streams/payments/serving-configurations'

/** Who takes the dues of a digital service in. */
export interface DuesPlace {
  readonly connector: string
  /** Tax code of the public body. */
  readonly creditor: string
  /** Every payment there is. */
  readonly payments: Lookup<PaymentCurrent & { readonly id: string }>
}

type Members = Readonly<Record<string, unknown>>

interface Asked {
  readonly connectors: readonly string[]
  readonly tenant_id: string
  readonly service_id: string
}

/**
 * Runs a piece of work where the dues of a service can be written. Throws a sentence where no intermediary, or several,
 * are configured for it: nobody would take them in. Rows lie in nameless files, since they are many.
 */
export async function withDuesPlace<T>(
  log: LogAccess,
  asked: Asked,
  work: (place: DuesPlace) => Promise<T>,
): Promise<T> {
  const opened: Table[] = []
  const open = async <Topic extends AnyTopic>(topic: Topic): Promise<Lookup<ValueOf<Topic>>> => {
    const table = await openTable(topic, {
      ...log,
      directory: join(tmpdir(), 'corrente-dues'),
      onUnreadable: (_, error) => {
        throw error
      },
      onWaiting: () => undefined,
    })
    opened.push(table)
    await table.refresh()
    return {
      get: (key) => table.get(key)?.value as ValueOf<Topic> | undefined,
      where: (index, value) => table.where(index, value).map((row) => row.value as ValueOf<Topic>),
    }
  }
  try {
    const tenants = await open(topics.tenantConfigurations)
    const services = await open(topics.serviceConfigurations)
    const found = servingConfigurations({ tenants, services }, asked.connectors, asked)
    const [serving] = found
    if (!serving || found.length > 1) {
      const which = found.map(({ service }) => service.connector).join(', ') || 'none'
      throw new Error(
        `one intermediary is to be active for this tenant and service; there is ${which}`,
      )
    }
    const { tax_identification_number } = readJson<Members>(serving.tenant.config)
    return await work({
      connector: serving.service.connector,
      creditor: String(tax_identification_number),
      payments: await open(topics.paymentsCurrent),
    })
  } finally {
    await Promise.all(opened.map((table) => table.close()))
  }
}
