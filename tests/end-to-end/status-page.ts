import { beforeAll, expect, inject, it } from 'vitest'
import { demoService, demoTenant } from '#apps/corrente/demo-application'
import { runCommand } from '#tests/command'
import { operatorOf, signedIn } from '#tests/operator'
import type { Scene } from '#tests/scene'
import { platformOf } from '#tests/stack'

const soon = { timeout: 20_000, interval: 200 }

/** The page an operator opens, as a browser gets it. */
export function statusPage(sceneOf: () => Scene): void {
  let get: Awaited<ReturnType<typeof signedIn>>
  beforeAll(async () => {
    get = await signedIn(sceneOf().addresses.operations, operatorOf(inject('stack')))
  })
  const at = async (path: string) => {
    const response = await get(path)
    return { status: response.status, text: await response.text() }
  }

  it('shows a payment and its timeline, and no name of anybody', async () => {
    const scene = sceneOf()
    const application = scene.application()
    await scene.apply(application)
    const { value, topic, partition, offset } = await scene.reached(
      application.id,
      'PAYMENT_PENDING',
    )

    await expect
      .poll(() => at('/'), soon)
      .toMatchObject({
        status: 200,
        text: expect.stringContaining(`href="/payments/${value.id}"`) as string,
      })
    const { text } = await at(`/payments/${value.id}`)
    expect(text).toContain(`${topic}@${partition}:${offset}`)
    for (const what of ['CREATION_PENDING', 'Received', 'Opened', 'PAYMENT_PENDING']) {
      expect(text).toContain(what)
    }
    for (const page of ['/', '/payments', `/payments/${value.id}`]) {
      expect((await at(page)).text).not.toMatch(payer(value))
    }
  })

  it('is red while a dead letter waits for a decision, and shows it masked', async () => {
    const scene = sceneOf()
    const place = await scene.upstream.bytes('applications', demoService, Buffer.from('of Rossi'))
    const { partition, offset } = await scene.deadLetter('payment-dispatcher', place)
    const letter = `payment-dispatcher.dlq@${partition}:${offset}`
    const path = `/dead-letters/payment-dispatcher/${partition}/${offset}`
    const listed = async () => (await at('/dead-letters?unit=payment-dispatcher')).text

    await expect.poll(listed, soon).toContain(`href="${path}"`)
    const { text } = await at(path)
    expect(text).toContain('UndecodableError')
    expect(text).not.toContain('Rossi')
    const red = await fetch(`${scene.addresses.operations}/status`)
    expect(red.status).toBe(503)
    expect(await red.text()).toMatch(
      /payment-dispatcher has [\d,]+ dead letters? nobody has decided on/,
    )

    Object.assign(process.env, platformOf(inject('stack')))
    const dropped = await runCommand(['dlq', 'drop', letter, '--reason', 'a test wrote it'])
    expect(dropped).toMatchObject({ code: 0 })
    await expect.poll(listed, soon).not.toContain(`href="${path}"`)
    expect((await at(path)).text).toContain('dropped at')
  })
  whoeverAsks(sceneOf)
  findsAndJudges(sceneOf, at)
}

function whoeverAsks(sceneOf: () => Scene): void {
  it('asks who comes before it shows anything but the status', async () => {
    const { operations } = sceneOf().addresses
    const page = await fetch(`${operations}/payments`, { redirect: 'manual' })
    expect([page.status, page.headers.get('location')]).toEqual([303, '/sign-in?to=%2Fpayments'])
  })

  it('is told by the status command what the processes say', async () => {
    const { worker, operations } = sceneOf().addresses
    const { out } = await runCommand(['status', '--url', worker, '--url', operations, '--json'])
    const { processes } = JSON.parse(out) as { processes: { app: string; units: unknown[] }[] }
    expect(processes.map(({ app }) => app)).toEqual(['worker', 'operations'])
    expect(processes[0]!.units).toContainEqual({ unit: 'payment-keeper', state: 'running' })
  })
}

type At = (path: string) => Promise<{ readonly status: number; readonly text: string }>

function findsAndJudges(sceneOf: () => Scene, at: At): void {
  it('finds a payment by its notice code, and by body and state, and says what was searched', async () => {
    const scene = sceneOf()
    const application = scene.application()
    await scene.apply(application)
    const { value } = await scene.reached(application.id, 'PAYMENT_PENDING')
    const { id, payment } = value
    const { notice_code } = payment as unknown as { readonly notice_code: string }
    const found = async (query: string) => (await at(`/payments?${query}`)).text
    await expect.poll(() => found(`id=${notice_code}`), soon).toContain(`href="/payments/${id}"`)
    const text = await found(`tenant=${demoTenant}&status=PAYMENT_PENDING`)
    expect(text).toContain(`href="/payments/${id}"`)
    expect(text).toMatch(/found in\s+[\d,]+ rows?\s+of/)
    expect(await found(`id=${notice_code}&status=EXPIRED`)).not.toContain(`href="/payments/${id}"`)
    expect(text).not.toMatch(payer(value))
  })

  it('shows what is configured, that the proxy says the same, and how far each unit has come', async () => {
    const { text } = await at('/configuration')
    expect(text).toContain(demoTenant)
    expect(text).toMatch(/Tells all [1-9]\d* asked of as the topics do/)
    expect((await at('/lag?unit=payment-keeper')).text).toContain('payment.facts/0')
    for (const path of ['/circuits', '/audit', '/parked']) expect((await at(path)).status).toBe(200)
  })
}

/** The payer's names and tax code. */
function payer({ payer }: Record<string, unknown>): RegExp {
  const { name, family_name, tax_identification_number } = payer as Record<string, string>
  return new RegExp([name, family_name, tax_identification_number].join('|'))
}
