import type { Asked } from '#apps/corrente/demo-debits/asked'
import type { Sending } from '#apps/corrente/demo-debits/edge-client'
import type { Step } from '#apps/corrente/demo-debits/episode'
import { formatMinorUnits } from '#schemas/values/minor-units'

/** Of all accounts here. */
export const currency = 'BRL'
export const decimalText = (amount: number): string => formatMinorUnits(amount, currency)

/** What is asked for, and how that is said to the edge. */
export interface Request {
  readonly asked: Asked
  readonly sending: Sending
}

/** Whose request it is, and what it follows on. */
export interface Asker {
  readonly id: string
  readonly account: string
  readonly cardNumber: string
  /** The request the episode began with. */
  readonly first?: Asked | undefined
}

/** A step that asks for something of its own. */
export type AskingStep = Exclude<Step, { readonly type: 'Repeat' | 'ReusedId' }>

/** The request of a step: by the number of the card, as a terminal asks. */
export function requestOf(step: AskingStep, { id, account, cardNumber, first }: Asker): Request {
  const amount = 'amount' in step ? step.amount : null
  const about = first?.id ?? ''
  const { path, body = {} } = routeOf(step, about, first?.type === 'Authorise')
  const sum = amount === null ? {} : { amount: decimalText(amount), currency }
  return {
    asked: { id, account, about, ...step, amount },
    sending: { method: 'POST', path, id, body: { card_number: cardNumber, ...sum, ...body } },
  }
}

/** Where a step is asked for, and what it says besides card and sum. */
function routeOf(
  step: AskingStep,
  about: string,
  isOfHold: boolean,
): { readonly path: string; readonly body?: object } {
  switch (step.type) {
    case 'Debit':
      return { path: '/v1/debits', body: { allows_partial: step.allowsPartial } }
    case 'Authorise':
      return { path: '/v1/authorisations', body: { allows_partial: step.allowsPartial } }
    case 'Credit':
      return { path: '/v1/credits' }
    case 'Refund':
      return { path: '/v1/refunds', body: { original_id: about } }
    case 'Increment':
      return { path: `/v1/authorisations/${about}/increment` }
    case 'Post':
      return { path: `/v1/authorisations/${about}/post`, body: { is_final: step.isFinal } }
    case 'Void':
      return { path: `/v1/authorisations/${about}/void` }
    case 'Reverse':
      return { path: `/v1/${isOfHold ? 'authorisations' : 'debits'}/${about}/reverse` }
  }
}
