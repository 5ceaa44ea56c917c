import { setTimeout as delay } from 'node:timers/promises'
import { centsOf, faultOf, slowMs } from '#connectors/govpay/sandbox-magic'
import { refuse } from '#connectors/govpay/sandbox-faults'
import {
  brokenByChange,
  brokenRule,
  isOfStamps,
  StoredPendenza,
} from '#connectors/govpay/sandbox-rules'
import { noticeNumberOf, sendJson } from '#connectors/govpay/sandbox-told'
import { parseCents } from '#schemas/values/cents'
import { formatDateTime } from '#schemas/values/date-time'
import { iuvOf, makeNoticeCode } from '#schemas/values/notice-code'
import type { Fault } from '#connectors/govpay/sandbox-magic'
import type { Debt, Entry, Register } from '#connectors/govpay/sandbox-register'
import type { Till } from '#connectors/govpay/sandbox-till'
import type { RequestHandler, Response } from 'express'

// Outside the codes given to creditors: no real notice has it.
const segregationCode = '99'

/** PUT /pendenze/{idA2A}/{idPendenza}: 201 where it creates, 200 where it changes what is there. */
export const pendenzaCreation =
  (register: Register, till: Till, domain: string): RequestHandler<{ idPendenza: string }> =>
  async (request, response) => {
    const { idPendenza } = request.params
    const asked = StoredPendenza.safeParse(request.body)
    if (!asked.success || !/^[\w-]{1,35}$/.test(idPendenza)) {
      return refuse(response, 400, 'SINTASSI')
    }
    const pendenza = asked.data
    const entry = countRequest(register, idPendenza)
    const fault = faultOf(parseCents(pendenza.importo), entry.creation_requests)
    if (fault && endsWithoutDebt(fault, response)) return
    const known = entry.debt
    const rule = brokenRule(pendenza, domain) ?? (known && brokenByChange(known, pendenza))
    if (rule) return refuse(response, 422, rule)
    const debt = stored(register, entry, pendenza)
    if (centsOf(debt.amount) === '77') till.payLater(idPendenza, 0)
    if (fault?.kind === 'lost') return void response.socket?.destroy()
    if (fault?.kind === 'slow') await delay(slowMs)
    response.status(known ? 200 : 201)
    sendJson(response, { idDominio: domain, numeroAvviso: noticeNumberOf(debt) })
  }

const countRequest = (register: Register, idPendenza: string): Entry => {
  const entry = register.get(idPendenza) ?? {
    idPendenza,
    creation_requests: 0,
    notifications: 0,
    debt: null,
  }
  return register.put({ ...entry, creation_requests: entry.creation_requests + 1 })
}

const endsWithoutDebt = (fault: Fault, response: Response): boolean => {
  if (fault.kind === 'status') {
    if (fault.status === 429) response.set('retry-after', '1')
    refuse(response, fault.status, fault.code)
  }
  if (fault.kind === 'body') response.type(fault.type).send(fault.body)
  return fault.kind !== 'lost' && fault.kind !== 'slow'
}

const stored = (register: Register, entry: Entry, pendenza: StoredPendenza): Debt => {
  const amount = parseCents(pendenza.importo)
  const known = entry.debt ?? newDebt(entry.idPendenza, register.nextBase(), isOfStamps(pendenza))
  const debt = { ...known, pendenza, amount }
  register.put({ ...entry, debt })
  return debt
}

const newDebt = (idPendenza: string, base: string, isOfStamps: boolean) => {
  const number = makeNoticeCode({ aux: 3, segregationCode, base })
  return {
    idPendenza,
    numeroAvviso: isOfStamps ? null : number,
    iuv: iuvOf(number),
    created_at: formatDateTime(new Date()),
    isCancelled: false,
    receipts: [],
    owed: [],
  }
}
