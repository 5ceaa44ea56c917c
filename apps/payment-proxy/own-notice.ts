import { z } from 'zod'
import type { Desk } from '#apps/payment-proxy/desk'
import type { ServedPayment } from '#apps/payment-proxy/find-payment'
import { Problem } from '#apps/platform/problem'
import type { Document } from '#ports/rendering'
import { InvalidValueError } from '#schemas/values/invalid-value'
import { TenantMembers } from '#streams/payments/configuration-members'
import { type NoticeCreditor, noticeOf } from '#streams/payments/payment-notice'

/**
 * The notice of a payment that has a notice code and whose intermediary gives none, as a PDF of ours. Problem 502 where
 * the configuration does not tell the creditor, 409 where the payment has nothing a notice could ask for.
 */
export async function ownNotice(
  { renderer }: Pick<Desk, 'renderer'>,
  { row, configuration }: Pick<ServedPayment, 'row' | 'configuration'>,
  payment_notice_code: string,
): Promise<Uint8Array> {
  const creditor = creditorOf(configuration.tenant)
  return renderer.render(documentOf({ ...row, payment_notice_code }, creditor))
}

const Creditor = z.object({
  name: TenantMembers.shape.name,
  tax_identification_number: TenantMembers.shape.tax_identification_number.refine(
    (code) => code.length === 11,
    'is not 11 digits',
  ),
})

function creditorOf(tenant: unknown): NoticeCreditor {
  const parsed = Creditor.safeParse(tenant)
  if (parsed.success) {
    return { name: parsed.data.name, tax_code: parsed.data.tax_identification_number }
  }
  const [issue] = parsed.error.issues
  const member = ['tenant', ...(issue?.path ?? [])].join('.')
  const detail = `${member}: ${issue?.message ?? 'not valid'}`
  throw new Problem(502, detail, { members: { code: 'bad-configuration' } })
}

function documentOf(...told: Parameters<typeof noticeOf>): Document {
  try {
    return noticeOf(...told)
  } catch (error) {
    if (!(error instanceof InvalidValueError)) throw error
    throw new Problem(409, `the payment can have no notice: ${error.message}`)
  }
}
