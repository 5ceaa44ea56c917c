import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startExampleRun, type ExampleRun } from '#connectors/iris/example-run'
import { iris } from '#connectors/iris/index'
import { RejectedError, TransientError } from '#core/errors'
import {
  exampleAddresses,
  exampleOnlinePayment,
  examplePayment,
  iudFor,
} from '#sandboxes/example-payment'
import { iuvFor, noticeCodeFor } from '#schemas/values/iud-numbers'

let run: ExampleRun
beforeAll(async () => {
  run = await startExampleRun()
})
afterAll(() => run.stop())

const numbersOf = (cents: number) => ({
  notice_code: noticeCodeFor(iudFor(cents), '99'),
  iuv: iuvFor(iudFor(cents), '99'),
})
const countersOf = (cents: number) => run.sandbox().counters(iudFor(cents))

describe('iris opens a debt position', { timeout: 20_000 }, () => {
  it('under numbers of ours, made from the iud', async () => {
    expect(await run.open(4300)).toEqual(numbersOf(4300))
    expect(countersOf(4300)).toMatchObject({ debt_positions: 1, creation_requests: 1, sessions: 0 })
  })

  it.each(['01.03-03', '01.03-04'])('in messages of version %s, too', async (version) => {
    const cents = version === '01.03-03' ? 4301 : 4310
    expect(await run.open(cents, { tenant: { version } })).toEqual(numbersOf(cents))
  })

  it('and is refused where iris says so, by its code', async () => {
    await expect(run.open(4302)).rejects.toMatchObject({ code: 'iris-SBX00002' })
    expect(countersOf(4302)).toMatchObject({ debt_positions: 0 })
  })

  it.each([
    { cents: 4303, scene: 'iris has trouble of its own', failures: 1 },
    { cents: 4304, scene: 'the answer is lost', failures: 1 },
    { cents: 4305, scene: 'HTML comes with 200', failures: 2 },
    { cents: 4306, scene: 'a SOAP fault comes', failures: 1 },
    { cents: 4307, scene: 'a SOAP fault comes with 200', failures: 1 },
    { cents: 4309, scene: 'nothing is answered', failures: 1, timeout_ms: 300 },
    { cents: 4313, scene: 'the message was taken, and nothing came of it', failures: 1 },
    { cents: 4319, scene: 'it is down', failures: 3 },
    { cents: 4329, scene: 'it is asked too often', failures: 1 },
  ])('once, when $scene (.$cents)', async ({ cents, failures, timeout_ms = 5_000 }) => {
    const changes = { tenant: { timeout_ms } }
    for (let attempt = 1; attempt <= failures; attempt += 1) {
      await expect(run.open(cents, changes)).rejects.toThrow(TransientError)
    }
    expect(await run.open(cents)).toEqual(numbersOf(cents))
    expect(await run.open(cents)).toEqual(numbersOf(cents))
    expect(countersOf(cents)).toMatchObject({ debt_positions: 1 })
  })

  it('that is there already, also where it was paid, or where nothing can be told again', async () => {
    for (const cents of [4330, 4348]) {
      await run.open(cents)
      if (cents === 4330) await run.payNow(cents)
      expect(await run.open(cents)).toEqual(numbersOf(cents))
      expect(countersOf(cents)).toMatchObject({ debt_positions: 1, creation_requests: 1 })
    }
  })

  it('once, when it is slower than we wait', async () => {
    await expect(run.open(4308, { tenant: { timeout_ms: 300 } })).rejects.toThrow(TransientError)
    expect(await run.open(4308)).toEqual(numbersOf(4308))
    expect(countersOf(4308)).toMatchObject({ debt_positions: 1 })
  })

  it('and finds what an earlier try opened, and nothing where there is none', async () => {
    const request = iris.composeOpening(examplePayment({ amount: 4314 }), run.configuration())
    const { openDebtPosition, findDebtPosition } = run.connected()
    expect(await findDebtPosition(request)).toBeUndefined()
    await openDebtPosition(request, exampleAddresses)
    expect(await findDebtPosition(request)).toEqual(numbersOf(4314))
  })

  it('later, where its password is not taken: that is for an administrator', async () => {
    const changes = { tenant: { password: 'another-one' } }
    await expect(run.open(4315, changes)).rejects.toThrow(TransientError)
  })

  it('and is refused where iris does not know the body', async () => {
    const changes = { tenant: { sender_id: 'OTHER' } }
    await expect(run.open(4316, changes)).rejects.toThrow(/another body/)
  })
})

describe('iris finds a settlement', { timeout: 20_000 }, () => {
  it('pending until somebody pays, then settled, by the iud alone', async () => {
    await run.open(4320)
    expect(await run.find(4320)).toEqual({ state: 'pending' })
    await run.payNow(4320)
    expect(await run.find(4320)).toMatchObject({
      state: 'settled',
      amount: 4320,
      transaction_id: expect.stringMatching(/^IR/) as unknown,
      paid_at: expect.stringMatching(/^20.*\+0[12]:00$/) as unknown,
    })
  })

  it('pending, where it knows no such payment', async () => {
    expect(await run.find(4321)).toEqual({ state: 'pending' })
  })

  it('pending, where it says a word that nobody knows', async () => {
    await run.open(4355)
    expect(await run.find(4355)).toEqual({ state: 'pending' })
  })

  it('pending while the money is subject to collection, and settled then', async () => {
    await run.open(4347)
    await run.payNow(4347)
    expect(await run.find(4347)).toEqual({ state: 'pending' })
    await expect.poll(() => run.find(4347), { timeout: 5_000 }).toMatchObject({ state: 'settled' })
  })

  it('pending where it says that nobody can pay, and settled when somebody did', async () => {
    await run.open(4388)
    expect(await run.find(4388)).toEqual({ state: 'pending' })
    await expect.poll(() => run.find(4388), { timeout: 5_000 }).toMatchObject({ state: 'settled' })
  })

  it('of the sum that is told, not of the one asked for: that is for a person', async () => {
    await run.open(4345)
    await run.payNow(4345)
    expect(await run.find(4345)).toMatchObject({ state: 'settled', amount: 4346 })
  })

  it('never of another body', async () => {
    await run.open(4346)
    await run.payNow(4346)
    await expect(run.find(4346)).rejects.toThrow('iris told of what is for another body')
  })
})

describe('iris prints a notice', () => {
  it('as a PDF, by the iud alone', async () => {
    await run.open(4322)
    const pdf = await run.connected().fetchNotice?.(exampleOnlinePayment(4322))
    expect(
      Buffer.from(pdf ?? [])
        .subarray(0, 5)
        .toString(),
    ).toBe('%PDF-')
  })

  it('of nothing it does not know', async () => {
    await expect(run.connected().fetchNotice?.(exampleOnlinePayment(4323))).rejects.toThrow(
      TransientError,
    )
  })

  it('only where it has an address for that', () => {
    const { fetchNotice } = run.connected({ tenant: { notices_url: undefined } })
    expect(fetchNotice).toBeUndefined()
  })
})

describe('iris is tried out', () => {
  const probeWith = (tenant = {}) => iris.probe!(run.configuration({ tenant }))
  const soon = () => AbortSignal.timeout(10_000)

  it('by credentials that it takes, and others that it does not', async () => {
    await probeWith().tryCredentials(soon())
    await expect(probeWith({ password: 'other' }).tryCredentials(soon())).rejects.toThrow('401')
  })

  it('by a pendency that is put in and withdrawn', async () => {
    const before = run.sandbox().counters()
    await probeWith().openAndCancel!(soon())
    const after = run.sandbox().counters()
    expect(after.creation_requests - before.creation_requests).toBe(1)
    expect(after.debt_positions).toBe(before.debt_positions)
    await expect(probeWith({ sender_id: 'OTHER' }).openAndCancel!(soon())).rejects.toThrow()
  })

  it('at the address it says', () => {
    expect(probeWith().url).toBe(run.sandbox().positionsUrl)
    expect(() => probeWith({ client_key: '-----BEGIN PRIVATE KEY-----' })).toThrow(RejectedError)
  })
})
