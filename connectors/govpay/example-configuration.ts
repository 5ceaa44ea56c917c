import { sandboxNames } from '#connectors/govpay/sandbox'
import type { Configuration } from '#ports/intermediary'

/** Who the sandbox takes callers for, and whom it owes debts to. */
export const exampleAccess = {
  ...sandboxNames,
  password: 'example-password',
} as const

/** What notifications come with. */
export const exampleNotifier = {
  notify_username: 'govpay',
  notify_password: 'example-notify-password',
} as const

/** A tenant's form, filled in. */
export const exampleTenant = (base_url: string, changes: object = {}) => ({
  base_url,
  ...exampleAccess,
  ...exampleNotifier,
  ...changes,
})

export const exampleConfiguration = (base_url: string, timeout_ms = 3_000): Configuration => ({
  tenant: exampleTenant(base_url, { timeout_ms }),
  service: { due_type: 'CANONE', revenue_code: 'CANONE' },
})
