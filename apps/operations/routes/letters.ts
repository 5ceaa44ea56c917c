import { send } from '#apps/operations/answer-page'
import { type DecisionForm, decisionForm } from '#apps/operations/decision-form'
import type { Pages } from '#apps/operations/operations'
import { letterPage, lettersPage } from '#apps/operations/pages/dead-letters'
import { decidedPage, previewPage } from '#apps/operations/pages/decide'
import { enteredOf, mayChange } from '#apps/operations/sign-in/gate'
import { formBody } from '#apps/operations/sign-in/routes'
import { requestIdOf } from '#apps/platform/http-answers'
import { Problem, tryLater } from '#apps/platform/problem'

const lettersShownMax = 200

/** Dead letters: all, one, and what is decided on them. */
export function addLetterPages(pages: Pages): void {
  const { app, ports, frameOf } = pages
  const { units, view } = ports
  app.get('/dead-letters', async (request, response) => {
    const unit = units.find(({ name }) => name === request.query['unit'])?.name
    const { ledgers } = view()
    if (!ledgers) throw tryLater('the dead letters are not read yet')
    const { letters } = ledgers
    const counts = units.map(({ name }) => [name, letters.countOf(name)] as const)
    const newest = letters.newest(lettersShownMax, unit)
    const frame = await frameOf(response)
    send(response, lettersPage({ frame, counts, letters: newest, unit }))
  })
  addDecisions(pages)
  app.get('/dead-letters/:unit/:partition/:offset', async (request, response) => {
    const { unit, partition, offset } = request.params
    const isKnown = units.some(({ name }) => name === unit) && /^\d{1,9}$/.test(partition)
    const found =
      isKnown && /^\d{1,15}$/.test(offset)
        ? await ports.letter({ unit, partition: Number(partition), offset: Number(offset) })
        : undefined
    if (!found) throw new Problem(404, 'no dead letter is at this place')
    send(response, letterPage({ frame: await frameOf(response), ...found }))
  })
}

function addDecisions({ app, ports, gate, frameOf }: Pages): void {
  app.get('/dead-letters/decide', async (request, response) => {
    const form = decisionForm(request.query, ports.units, Date.now())
    const operator = { name: null, from: 'page' } as const
    const would = await ports.decide({ ...askedBy(form), operator, isDryRun: true })
    send(response, previewPage(await frameOf(response), form, would))
  })
  app.post('/dead-letters/decide', formBody, mayChange(gate), async (request, response) => {
    const form = decisionForm(request.body as Record<string, unknown>, ports.units, Date.now())
    if (!form.isConfirmed) throw new Problem(400, 'it was not confirmed: nothing was done')
    if (form.reason === '') throw new Problem(400, 'no reason was given: nothing was done')
    const operator = { name: enteredOf(response)!.visitor!.login, from: 'page' } as const
    const done = await ports.decide({ ...askedBy(form), operator, isDryRun: false })
    const { action, selection } = form
    const counted = { decided: done.decided.length, refused: done.refused.length }
    ports.log.info(
      { request_id: requestIdOf(response), unit: selection.unit, action, ...counted },
      'dead letters decided on',
    )
    send(response, decidedPage(await frameOf(response), form, done))
  })
}

const askedBy = ({ action, selection, isAgain, reason }: DecisionForm) => ({
  action,
  selection,
  isAgain,
  reason,
})
