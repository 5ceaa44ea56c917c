import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startExampleRun, type ExampleRun } from '#connectors/iris/example-run'
import { iudFor } from '#sandboxes/example-payment'

let run: ExampleRun
beforeEach(async () => {
  run = await startExampleRun()
})
afterEach(() => run.stop())

const paid = async (cents: number) => {
  await run.open(cents)
  await run.payNow(cents)
}
const settled = (cents: number, amount = cents) => ({
  iud: iudFor(cents),
  settlement: { state: 'settled', amount },
})

describe('iris tells of payments', { timeout: 20_000 }, () => {
  it('until it is answered that all is well', async () => {
    run.ear.refuseNext(2)
    await paid(4200)
    await run.notified(1)
    expect(run.ear.heard).toHaveLength(3)
    expect(run.ear.settlements).toMatchObject([{ ...settled(4200), isRepeated: false }])
  })

  it('.33 twice by the same message: the second says nothing new', async () => {
    await paid(4233)
    await run.notified(2)
    expect(run.ear.settlements).toMatchObject([
      { ...settled(4233), isRepeated: false },
      { ...settled(4233), isRepeated: true },
    ])
  })

  it('.34 of money that came twice, by its transactions', async () => {
    await paid(4234)
    await run.notified(2)
    const transactions = run.ear.settlements.map(
      ({ settlement }) => settlement.state === 'settled' && settlement.transaction_id,
    )
    expect(new Set(transactions).size).toBe(2)
    expect(run.ear.settlements).toMatchObject([{ isRepeated: false }, { isRepeated: false }])
  })

  it('.35 of several in one message, of which one is unknown to everybody here', async () => {
    await paid(4235)
    await run.notified(1)
    // The one that could be ours is for our proxy to know.
    expect(run.ear.settlements).toMatchObject([{ iud: 'f'.repeat(32) }, settled(4235)])
  })

  it('.36 at each of its stages: the later ones repeat the first', async () => {
    await paid(4236)
    await run.notified(3)
    expect(run.ear.settlements).toMatchObject([
      { ...settled(4236), isRepeated: false },
      { ...settled(4236), isRepeated: true },
      { ...settled(4236), isRepeated: true },
    ])
  })

  it('.37 at a later stage alone, which is money all the same', async () => {
    await paid(4237)
    await run.notified(1)
    expect(run.ear.settlements).toMatchObject([settled(4237)])
  })

  it('.44 after somebody else did, who is not believed', async () => {
    await paid(4244)
    await run.notified(1)
    expect(run.ear.refusals).toEqual(['bad-signature'])
    expect(run.ear.settlements).toMatchObject([settled(4244)])
  })

  it('.45 of another sum, which is for a person', async () => {
    await paid(4245)
    await run.notified(1)
    expect(run.ear.settlements).toMatchObject([settled(4245, 4246)])
  })

  it('.66 by a word that nobody knows, which changes nothing', async () => {
    await paid(4266)
    await run.notified(1)
    expect(run.ear.settlements).toMatchObject([
      { iud: iudFor(4266), settlement: { state: 'pending' } },
    ])
  })

  it('.77 by itself, which nobody was seen to pay', async () => {
    await run.open(4277)
    await run.notified(1)
    expect(run.ear.settlements).toMatchObject([settled(4277)])
  })

  it('of all that was paid before it was restarted', async () => {
    run.ear.refuseNext(1_000)
    await paid(4201)
    await expect.poll(() => run.ear.heard.length).toBeGreaterThan(0)
    await run.restart()
    run.ear.refuseNext(0)
    await run.notified(1)
    expect(await run.find(4201)).toMatchObject({ state: 'settled' })
    // Messages it took before it still knows.
    expect(await run.open(4201)).toMatchObject({ iuv: expect.stringMatching(/^99/) as unknown })
    expect(run.sandbox().counters(iudFor(4201))).toMatchObject({ creation_requests: 1 })
  })
})
