import express from 'express'
import { z } from 'zod'
import { centsOf } from '#connectors/external-page/sandbox-magic'
import { overPage, payPage, refusedPage } from '#connectors/external-page/sandbox-pages'
import { queryOf, readSigned } from '#connectors/external-page/sandbox-signature'
import type { Asked, Entry, Register } from '#connectors/external-page/sandbox-register'
import type { Till } from '#connectors/external-page/sandbox-till'
import type { Request, Response, Router } from 'express'

const addressMs = 16 * 60_000

const Address = z.url({ protocol: /^https?$/ })
const Opening = z.object({
  iud: z.string().regex(/^[0-9a-f]{32}$/),
  amount: z.string().regex(/^\d{1,10}\.\d{2}$/),
  currency: z.literal('EUR'),
  description: z.string().max(140).default(''),
  landing: Address,
  notify: Address,
  nonce: z.string().min(16),
})
type Opening = z.infer<typeof Opening>

/** The page: opened by a signed address, which is good for 15 minutes and for one attempt. */
export const openCheckout = (register: Register, till: Till, secret: string): Router => {
  const used = new Map<string, number>()
  const use = (nonce: string): void => {
    const now = Date.now()
    // Oldest first, all equally long: those that are over stand in front.
    for (const [old, endsAt] of used) {
      if (endsAt >= now) break
      used.delete(old)
    }
    used.set(nonce, now + addressMs)
  }

  /** What is asked for; undefined where the payer was told why nothing is. */
  const openingOf = (request: Request, response: Response): Opening | undefined => {
    const read = readSigned('pay', queryOf(request), secret)
    if (read === 'forged') return void response.status(403).send(refusedPage())
    if (read === 'over') return void response.status(410).send(overPage())
    const opening = Opening.safeParse(Object.fromEntries(read))
    if (!opening.success) return void response.status(400).send(refusedPage())
    if (used.has(opening.data.nonce)) return void response.status(410).send(overPage())
    return opening.data
  }

  const router = express.Router()
  router.get('/', (request, response) => {
    const opening = openingOf(request, response)
    if (!opening) return
    // Whoever only asks whether the address is good opens nothing.
    if (request.method === 'HEAD') return void response.end()
    const entry = askedFor(register, opening)
    register.put({ ...entry, pages: entry.pages + 1 })
    if (centsOf(entry.asked.amount) === '77') till.payLater(entry.iud, 0)
    response.send(payPage(entry, queryOf(request)))
  })
  router.post('/', (request, response) => {
    const opening = openingOf(request, response)
    if (!opening) return
    use(opening.nonce)
    askedFor(register, opening)
    till.pay(opening.iud)
    if (centsOf(opening.amount) === '04') return void response.socket?.destroy()
    response.redirect(303, opening.landing)
  })
  router.post('/cancel', (request, response) => {
    const opening = openingOf(request, response)
    if (!opening) return
    use(opening.nonce)
    askedFor(register, opening)
    till.end(opening.iud, 'CANCELLED')
    response.redirect(303, opening.landing)
  })
  return router
}

/** What is asked for last is what is paid, until it is. */
const askedFor = (register: Register, { nonce: _, ...asked }: Opening): Entry => {
  const known = register.get(asked.iud) ?? newEntry(asked)
  const isTaken = known.receipts.length > 0 || known.state === 'SETTLING'
  return register.put(isTaken ? known : { ...known, asked, state: 'OPENED' })
}

const newEntry = (asked: Asked): Entry => ({
  iud: asked.iud,
  asked,
  state: 'OPENED',
  receipts: [],
  owed: [],
  pages: 0,
  status_requests: 0,
  notifications: 0,
})
