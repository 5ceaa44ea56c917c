import { setTimeout as sleep } from 'node:timers/promises'
import { within } from '#apps/platform/deadline'
import { TransientError } from '#core/errors'
import type { Table } from '#core/table'
import type { Configuration } from '#ports/intermediary'
import type {
  PaymentCurrent,
  ServiceConfiguration,
  TenantConfiguration,
} from '#schemas/generated/types'
import { readJson } from '#schemas/values/json-text'

export type PaymentRow = PaymentCurrent & { readonly id: string }

/** A payment, and what it is served with at the intermediary. Inactive configurations serve what is open. */
export interface ServedPayment {
  readonly row: PaymentRow
  readonly configuration: Configuration
  /** Headers that join what is reported of the payment to its story. */
  readonly story: Readonly<Record<string, string>>
}

/** The tables a payment, and what it is served with, is found by. */
export interface PaymentTables {
  readonly payments: Pick<Table, 'get' | 'refresh'>
  readonly tenants: Pick<Table, 'get' | 'refresh'>
  readonly services: Pick<Table, 'get' | 'refresh' | 'where'>
  /** Versions that configurations had, and why commands to change them were refused. */
  readonly versions: Pick<Table, 'refresh' | 'where'>
  readonly refusals: Pick<Table, 'refresh' | 'where'>
  /** Longest wait for a row, milliseconds; 2 s where absent. */
  readonly waitMsMax?: number
}

/** Which payment is looked for. */
export interface Wanted {
  readonly connector: string
  /** The first that is there is meant. */
  readonly ids: readonly string[]
  /** Whether the row is the one waited for; any is where absent. */
  readonly isAwaited?: ((row: PaymentRow) => boolean) | undefined
  /** A row that is there already will do as it is: its state and configuration may be a moment old. */
  readonly mayLag?: boolean
}

const waitMsDefault = 2_000
const pauseMs = 50

/** States in which the sum can be paid. */
export const payable: readonly string[] = ['PAYMENT_PENDING', 'PAYMENT_STARTED']

/** Whether the intermediary was asked for the debt position and has answered. */
export const isOpened = ({ status }: PaymentRow): boolean => status !== 'CREATION_PENDING'

/** Whether nothing more is awaited of the payment. */
export const isOver = (row: PaymentRow): boolean => isOpened(row) && !payable.includes(row.status)

/**
 * Finds a payment, waiting for it for 2 s and giving it then as it is: a link can be followed before the index has
 * caught up. Undefined where there is none or the connector does not serve it. TransientError where the tables
 * are not up to date, so that absence would be a guess.
 */
export async function findPayment(
  tables: PaymentTables,
  wanted: Wanted,
): Promise<ServedPayment | undefined> {
  const { isAwaited = () => true } = wanted
  const known = wanted.mayLag ? served(tables, wanted) : undefined
  if (known && isAwaited(known.row)) return known
  const deadline = performance.now() + (tables.waitMsMax ?? waitMsDefault)
  for (;;) {
    await catchUp(tables)
    const found = served(tables, wanted)
    if (found && isAwaited(found.row)) return found
    if (performance.now() >= deadline) return found
    await sleep(pauseMs)
  }
}

async function catchUp(tables: PaymentTables): Promise<void> {
  const { payments, tenants, services, waitMsMax = waitMsDefault } = tables
  const late = () => new TransientError('the table of payments is not up to date yet')
  const refreshed = Promise.all([payments.refresh(), tenants.refresh(), services.refresh()])
  try {
    await within(waitMsMax, refreshed, late)
  } catch (error) {
    if (error instanceof TransientError) throw error
    throw new TransientError(`the table of payments cannot be read: ${(error as Error).message}`)
  }
}

function served(tables: PaymentTables, { connector, ids }: Wanted): ServedPayment | undefined {
  for (const id of ids) {
    const found = tables.payments.get(id)
    if (!found) continue
    const row = found.value as unknown as PaymentRow
    const configuration = servedWith(tables, connector, row)
    if (configuration) return { row, configuration, story: found.story }
  }
  return undefined
}

/** What a connector serves a tenant's digital service with; undefined where it does not. */
export function servedWith(
  { tenants, services }: PaymentTables,
  connector: string,
  { tenant_id, service_id }: Pick<PaymentRow, 'tenant_id' | 'service_id'>,
): Configuration | undefined {
  const service = services.get(`${connector}/${service_id}`)?.value
  const tenant = tenants.get(`${connector}/${tenant_id}`)?.value
  if (!service || !tenant || service['tenant_id'] !== tenant_id) return undefined
  return { tenant: configOf(tenant), service: configOf(service) }
}

const configOf = (row: Record<string, unknown>): unknown =>
  readJson((row as unknown as TenantConfiguration | ServiceConfiguration).config)
