import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { logPathOf } from '#apps/corrente/app-process'
import { type ExportScene, startExportScene } from '#tests/export-scene'
import { demoCsv, isOver } from '#tests/exported'
import { openToldScene, tellingUnits, type ToldScene } from '#tests/told-scene'

const asOf = new Date('2026-01-31T23:00:00Z')
let people: ToldScene
let scene: ExportScene
beforeAll(async () => {
  people = await openToldScene(inject('stack'))
  scene = await startExportScene(inject('stack'), { moreUnits: tellingUnits })
}, 120_000)
afterAll(async () => {
  await scene?.stop()
  await people?.stop()
})

describe('who asks to be told what comes of an export', () => {
  const page = 'https://exports.example/exports/1'
  const whom = (name: string, webhook = 'taken') => ({
    ...{ email: `${name}-${randomUUID().slice(0, 8)}@body.example`, webhook },
    ...{ language: 'es-CO', page },
  })
  const bodiesOf = async (requestId: string) => {
    const events = await people.eventsOf(requestId)
    return events.map(({ body }) => JSON.parse(body) as { readonly data: object })
  }

  it('hears once that it is ready, each of all who share it, though the worker is killed meanwhile', async () => {
    scene.putMovements('told', await demoCsv(20), asOf)
    const asked = await Promise.all(
      Array.from({ length: 60 }, async () => {
        const notify = whom('ready')
        return { notify, id: await scene.request({ batch_id: 'told' }, notify) }
      }),
    )
    const countOf = ({ id }: { readonly id: string }) => people.deliveriesOf(id).length
    const isBegun = () => asked.some((one) => countOf(one) > 0)
    await expect.poll(isBegun, { timeout: 40_000, interval: 5 }).toBe(true)
    await scene.worker.kill()
    expect(
      asked.every((one) => countOf(one) === 2),
      'all were told before the kill',
    ).toBe(false)
    await scene.worker.start()
    for (const { id, notify } of asked) {
      const told = await people.told(id, 2)
      expect(told.map(({ outcome }) => outcome)).toEqual(['DELIVERED', 'DELIVERED'])
      expect(await people.mailsTo(notify.email)).toHaveLength(1)
    }
    await people.caughtUp()
    for (const one of asked) expect([countOf(one), people.isKept(one.id)]).toEqual([2, false])
    const [{ id, notify }] = asked as [(typeof asked)[number]]
    const [mail] = await people.mailsTo(notify.email)
    expect(mail!.subject).toBe('Su exportación está lista: 20 documentos')
    expect(mail!.text.split(/\r?\n/)).toContain(page)
    const [told] = await bodiesOf(id)
    const { export_id, expires_at } = await scene.exportOf(id, isOver)
    const counts = { records: 20, rendered: 20, failed: 0 }
    const facts = { request_id: id, export_id, state: 'READY', ...counts, expires_at }
    expect(told).toMatchObject({ type: 'export-ready@1', data: { ...facts, failure_code: null } })
  }, 120_000)

  it('hears at once of what is ready already', async () => {
    const id = await scene.request({ batch_id: 'told' }, whom('joining'))
    expect(await people.told(id, 2)).toMatchObject([{ outcome: 'DELIVERED' }, {}])
  })

  it('hears that it failed, and why; a webhook that was down hears it later', async () => {
    scene.putMovements('wrong', `${(await demoCsv(3)).toString()}a,b\n`, asOf)
    const notify = whom('failed', 'later')
    const id = await scene.request({ batch_id: 'wrong' }, notify)
    const told = await people.told(id, 2)
    const attempts = Object.fromEntries(told.map((one) => [one.channel, one.attempts]))
    expect(attempts).toEqual({ Email: 1, Webhook: 2 })
    const [mail, ...more] = await people.mailsTo(notify.email)
    expect(more).toEqual([])
    expect(mail!.subject).toBe('Su exportación no se pudo completar')
    expect(mail!.text).toContain('line 5: 2 columns, 15 expected (csv-column-count)')
    const bodies = await bodiesOf(id)
    expect(bodies).toHaveLength(2)
    expect(bodies[0]).toEqual(bodies[1])
    const facts = { state: 'FAILED', failure_code: 'csv-column-count', expires_at: null }
    expect(bodies[0]).toMatchObject({ type: 'export-failed@1', data: facts })
  })

  it('is named in nothing that stays, and in no log', async () => {
    await people.caughtUp()
    expect(people.naming).toEqual([])
    const log = readFileSync(logPathOf(scene.logs, 'worker'), 'utf8')
    expect(log).toContain('export-notifications')
    expect(log).not.toContain('@body.example')
  })
})
