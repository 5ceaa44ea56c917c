import { setTimeout as delay } from 'node:timers/promises'
import { z } from 'zod'
import { NewPendency } from '#connectors/examplepay/client'
import { centsOf, faultOf, slowMs } from '#connectors/examplepay/sandbox-magic'
import { refuse } from '#sandboxes/refusal'
import { pendencyOf } from '#connectors/examplepay/sandbox-register'
import { formatDateTime } from '#schemas/values/date-time'
import { iuvOf, makeNoticeCode } from '#schemas/values/notice-code'
import type { Fault } from '#connectors/examplepay/sandbox-magic'
import type { Debt, Entry, Register } from '#connectors/examplepay/sandbox-register'
import type { Till } from '#connectors/examplepay/sandbox-till'
import type { RequestHandler, Response } from 'express'

// Outside the codes given to creditors: no real notice has it.
const segregationCode = '99'

const Address = z.url({ protocol: /^https?$/ })
const Creation = z.object({ ...NewPendency.shape, landing_url: Address, notify_url: Address })

/** PUT /pendencies/{iud}: the same debt again is the same answer, other content under its iud is 409. */
export const pendencyCreation =
  (register: Register, till: Till): RequestHandler<{ iud: string }> =>
  async (request, response) => {
    const creation = Creation.safeParse(request.body)
    if (!creation.success || creation.data.iud !== request.params.iud) {
      return refuse(response, 400, 'malformed')
    }
    const pendency = creation.data
    const entry = countRequest(register, pendency.iud)
    const fault = faultOf(pendency.amount, entry.creation_requests)
    if (fault && endsWithoutDebt(fault, response)) return
    const debt = stored(register, entry, creation.data)
    if (!debt) return refuse(response, 409, 'other-content')
    if (centsOf(pendency.amount) === '77') till.payLater(pendency.iud, 0)
    if (fault?.kind === 'lost') return void response.socket?.destroy()
    if (fault?.kind === 'slow') await delay(slowMs)
    response.json(pendencyOf(debt))
  }

const countRequest = (register: Register, iud: string): Entry => {
  const entry = register.get(iud) ?? { iud, creation_requests: 0, notifications: 0, debt: null }
  return register.put({ ...entry, creation_requests: entry.creation_requests + 1 })
}

const endsWithoutDebt = (fault: Fault, response: Response): boolean => {
  if (fault.kind === 'status') {
    if (fault.status === 429) response.set('retry-after', '1')
    refuse(response, fault.status, fault.error)
  }
  if (fault.kind === 'html') {
    response.type('html').send('<!doctype html><title>SANDBOX</title><p>SANDBOX: down for a while')
  }
  return fault.kind !== 'lost' && fault.kind !== 'slow'
}

// The addresses may move between two requests, the debt may not.
const stored = (
  register: Register,
  entry: Entry,
  { landing_url, notify_url, ...request }: z.infer<typeof Creation>,
): Debt | undefined => {
  const known = entry.debt
  if (known && JSON.stringify(known.request) !== JSON.stringify(request)) return undefined
  const debt = {
    ...(known ?? newDebt(request, register.nextBase())),
    addresses: { landing_url, notify_url },
  }
  register.put({ ...entry, debt })
  return debt
}

const newDebt = (request: NewPendency, base: string): Omit<Debt, 'addresses'> => {
  const notice_number = makeNoticeCode({ aux: 3, segregationCode, base })
  return {
    request,
    notice_number,
    iuv: iuvOf(notice_number),
    created_at: formatDateTime(new Date()),
    receipts: [],
    owed: [],
  }
}
