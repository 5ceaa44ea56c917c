import { send } from '#apps/operations/answer-page'
import type { Pages } from '#apps/operations/operations'
import { parkedPage } from '#apps/operations/pages/parked'
import { releasedPage, releasePage } from '#apps/operations/pages/release'
import { releaseForm } from '#apps/operations/release-form'
import { enteredOf, mayChange } from '#apps/operations/sign-in/gate'
import { formBody } from '#apps/operations/sign-in/routes'
import { requestIdOf } from '#apps/platform/http-answers'
import { parkingUnits } from '#apps/platform/inspection/parked'
import { Problem, tryLater } from '#apps/platform/problem'

const keysShownMax = 200

/** Parked keys, and having them tried now. */
export function addParkedPages({ app, ports, gate, frameOf }: Pages): void {
  const units = parkingUnits(ports.units)
  app.get('/parked', async (_request, response) => {
    const { ledgers } = ports.view()
    if (!ledgers) throw tryLater('what is parked is not read yet')
    const keys = ledgers.parked.flatMap((rows) => rows.keys())
    const first = keys.toSorted((one, other) => one.dueAtMs - other.dueAtMs).slice(0, keysShownMax)
    send(response, parkedPage(await frameOf(response), first, keys.length))
  })
  app.get('/parked/release', async (request, response) => {
    const form = releaseForm(request.query, units)
    const operator = { name: null, from: 'page' } as const
    const keys = await ports.release({ ...form, operator, isDryRun: true })
    send(response, releasePage(await frameOf(response), form, keys))
  })
  app.post('/parked/release', formBody, mayChange(gate), async (request, response) => {
    const form = releaseForm(request.body as Record<string, unknown>, units)
    if (!form.isConfirmed) throw new Problem(400, 'it was not confirmed: nothing was done')
    if (form.reason === '') throw new Problem(400, 'no reason was given: nothing was done')
    const operator = { name: enteredOf(response)!.visitor!.login, from: 'page' } as const
    const keys = await ports.release({ ...form, operator, isDryRun: false })
    const noted = { request_id: requestIdOf(response), unit: form.selection.unit }
    ports.log.info({ ...noted, keys: keys.length }, 'parked keys released')
    send(response, releasedPage(await frameOf(response), form, keys))
  })
}
