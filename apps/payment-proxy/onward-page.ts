import { z } from 'zod'
import type { Desk } from '#apps/payment-proxy/desk'
import type { ServedPayment } from '#apps/payment-proxy/find-payment'
import { outgoingUrl } from '#apps/platform/outgoing-url'
import { Problem } from '#apps/platform/problem'
import { RejectedError } from '#core/errors'

/** On which road a payer is sent on, and what refuses the page of each. */
export type Road = keyof typeof refusals

const refusals = {
  // It is what the intermediary answered.
  online: { status: 502, detail: 'the page to pay at is not one that the public body allows' },
  // It came with the application: nobody between us and the payer is at fault.
  landing: { status: 403, detail: 'the page to go back to is not one that the public body allows' },
} as const

const Listing = z.object({ allowed_hosts: z.array(z.string()).default([]) })

/**
 * Hosts that the payers of a public body may be sent to: those it lists, else those of the installation. A list that
 * cannot be read allows none.
 */
export function hostsOf(tenant: unknown, ofInstallation: readonly string[]): readonly string[] {
  const listing = Listing.safeParse(tenant)
  if (!listing.success) return []
  const { allowed_hosts } = listing.data
  return allowed_hosts.length > 0 ? allowed_hosts : ofInstallation
}

type OnwardDesk = Pick<Desk, 'connector' | 'allowedHosts' | 'refusedPages' | 'log' | 'requestId'>

/**
 * The page a payer's browser is sent on to, as it is written in one way only; asked before a fact says that somebody
 * was sent. Problem 502 or 403 where it is none of the hosts that are allowed: told, counted and logged without the
 * address, which may hold a token or a name.
 */
export function onwardPage(
  { connector, allowedHosts, refusedPages, log, requestId }: OnwardDesk,
  { row, configuration }: ServedPayment,
  road: Road,
  url: string,
): string {
  try {
    return outgoingUrl(url, hostsOf(configuration.tenant, allowedHosts)).href
  } catch (error) {
    if (!(error instanceof RejectedError)) throw error
    const { code } = error
    const { id: payment_id, tenant_id, service_id } = row
    refusedPages.inc({ connector: connector.name, road, reason: code })
    log.warn(
      {
        request_id: requestId,
        connector: connector.name,
        payment_id,
        tenant_id,
        service_id,
        road,
        code,
      },
      'page refused: its host is not allowed',
    )
    const { status, detail } = refusals[road]
    throw new Problem(status, detail, { members: { code } })
  }
}
