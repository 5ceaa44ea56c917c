import { expect, inject, it } from 'vitest'
import { demoService } from '#apps/corrente/demo-application'
import { runCommand } from '#tests/command'
import type { Scene } from '#tests/scene'
import { platformOf } from '#tests/stack'

/** The page an operator opens, as a browser gets it. */
export function statusPage(sceneOf: () => Scene): void {
  const at = async (path: string) => {
    const response = await fetch(sceneOf().addresses.operations + path)
    return { status: response.status, text: await response.text() }
  }
  const soon = { timeout: 20_000, interval: 200 }

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

  it('is told by the status command what the processes say', async () => {
    const { worker, operations } = sceneOf().addresses
    const { out } = await runCommand(['status', '--url', worker, '--url', operations, '--json'])
    const { processes } = JSON.parse(out) as { processes: { app: string; units: unknown[] }[] }
    expect(processes.map(({ app }) => app)).toEqual(['worker', 'operations'])
    expect(processes[0]!.units).toContainEqual({ unit: 'payment-keeper', state: 'running' })
  })
}

/** The payer's names and tax code. */
function payer({ payer }: Record<string, unknown>): RegExp {
  const { name, family_name, tax_identification_number } = payer as Record<string, string>
  return new RegExp([name, family_name, tax_identification_number].join('|'))
}
