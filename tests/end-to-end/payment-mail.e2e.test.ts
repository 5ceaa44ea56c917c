import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { payLikeABrowser } from '#apps/corrente/payer'
import type { TakenMail } from '#connectors/smtp/sandbox'
import { configureBody } from '#tests/body'
import { isTold, openScene, type Scene } from '#tests/scene'

let scene: Scene
let close = async (): Promise<void> => undefined
beforeAll(async () => {
  ;({ scene, close } = await openScene(inject('stack')))
})
afterAll(() => close())

it('a payer gets one mail, once the payment is complete', async () => {
  const application = scene.application('42.50', await configureBody(inject('stack')))
  await scene.apply(application)
  const open = await scene.reached(application.id, 'PAYMENT_PENDING')
  const reason = String(open.value['reason'])
  const mails = async () => {
    const answer = await fetch(`${scene.addresses.mail}/api/mails`)
    const all = (await answer.json()) as readonly TakenMail[]
    return all.filter(({ subject }) => subject.includes(reason))
  }
  expect(await mails()).toEqual([])
  await payLikeABrowser(open.value.links['online_payment_begin']!.url!)
  await scene.seen(application.id, 'a version that was told', isTold)
  await expect.poll(mails, { timeout: 20_000 }).toHaveLength(1)
  const versions = scene.versionsOf(application.id)
  expect(versions.filter(({ value }) => value.status === 'COMPLETE').length).toBeGreaterThan(1)
  await scene.handled('payment-notifications', versions.at(-1)!)
  for (const asked of scene.about('notifications', `payment-completed:${open.value.id}`)) {
    await scene.handled('notification-sender', asked)
  }
  const [mail] = await mails()
  expect(mail).toMatchObject({ to: 'luca.prova@example.org', times: 1 })
  expect(mail!.text).toContain('42.50 EUR')
})
