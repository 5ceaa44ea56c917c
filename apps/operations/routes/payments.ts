import { send } from '#apps/operations/answer-page'
import type { Pages } from '#apps/operations/operations'
import { foundPage, paymentPage, paymentsPage } from '#apps/operations/pages/payments'
import { isUuid, searchForm } from '#apps/operations/search-form'
import { Problem, tryLater } from '#apps/platform/problem'

/** Payments: the last ones, those a search finds, and the timeline of one. */
export function addPaymentPages({ app, ports, frameOf }: Pages): void {
  app.get('/payments', async (request, response) => {
    const form = searchForm(request.query)
    if (form?.id !== undefined) return response.redirect(303, `/payments/${form.id}`)
    if (form) {
      const found = await ports.search(form.query)
      return send(response, foundPage(await frameOf(response), form, found))
    }
    const recent = await ports.recent()
    if (!recent) throw tryLater('the log cannot be read')
    send(response, paymentsPage(await frameOf(response), recent.payments))
  })
  app.get('/payments/:id', async (request, response) => {
    const { id } = request.params
    const events = isUuid(id) ? await ports.story(id.toLowerCase()) : []
    if (events.length === 0) throw new Problem(404, 'no event of such a payment was found')
    send(response, paymentPage(await frameOf(response), id.toLowerCase(), events))
  })
}
