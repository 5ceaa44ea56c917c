import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { type DebitScene, startDebitScene } from '#tests/debit-scene'
import { codeOf, sourceCalls } from '#tests/end-to-end/source-calls'

let scene: DebitScene
beforeAll(async () => {
  scene = await startDebitScene(inject('stack'))
}, 120_000)
afterAll(() => scene.stop())

const { opened, debit, settled } = sourceCalls(() => scene)

/** How many the edge has not answered. */
async function openRequests(): Promise<number> {
  const metrics = await (await fetch(`${scene.edgeAt}/metrics`)).text()
  return Number(/^corrente_debit_open_requests (\d+)$/m.exec(metrics)?.[1])
}

/** Taken and given back: both in the decisions, in the books, and on the statement. */
async function expectGivenBack(key: string, amount: number): Promise<void> {
  const [taken, given] = await settled(key, 2)
  expect(taken).toMatchObject({ type: 'Debit', code: '00', amount })
  expect(given).toMatchObject({ type: 'Reverse', code: '00', amount, original_id: key })
  await scene.watch.caughtUp()
  const bookedOn = (topic: string) =>
    scene
      .on(topic)
      .map(({ value }) => value as { readonly request_id: string; readonly amount?: number })
      .filter(({ request_id }) => [key, given!.request_id].includes(request_id))
  expect(bookedOn('statements.entries').map((line) => line.amount)).toEqual([-amount, amount])
  expect(bookedOn('ledger.entries')).toHaveLength(2)
}

const inLog = (key: string) =>
  scene.watch.until('the request in the log', () => {
    const asked = scene.on('debits').map(({ value }) => value as { readonly request_id: string })
    return asked.some(({ request_id }) => request_id === key) || undefined
  })

describe('a request whose caller is gone before its answer', () => {
  it('stands, and is told byte for byte to whoever asks again, at an edge that was killed behind it, too', async () => {
    const card = await opened(100)
    const key = randomUUID()
    const hangUp = new AbortController()
    scene.authoriser.signal('SIGSTOP')
    const asked = scene.post(
      '/debito',
      { numeroCartao: card, valor: 60 },
      { 'idempotency-key': key },
      hangUp.signal,
    )
    await inLog(key)
    hangUp.abort()
    await expect(asked).rejects.toThrow('aborted')
    scene.authoriser.signal('SIGCONT')
    await settled(key, 1)
    await expect.poll(openRequests).toBe(0)
    await scene.edge.kill()
    await scene.edge.start()
    const again = await debit(card, 60, key)
    expect([again.status, again.headers.get('idempotent-replayed')]).toEqual([200, 'true'])
    await scene.watch.caughtUp()
    expect(scene.decisionsOf(key)).toHaveLength(1)
    expect(scene.balanceOf(key).posted).toBe(4_000)
  }, 60_000)
})

describe('a request whose answer is late', () => {
  it('is answered 504 in time, given back once it is taken, and stays late for whoever asks again', async () => {
    const card = await opened(100)
    const key = randomUUID()
    scene.authoriser.signal('SIGSTOP')
    const begun = performance.now()
    const answer = await debit(card, 60, key, { 'request-deadline-ms': '500' })
    expect(performance.now() - begun).toBeLessThan(1_500)
    expect([answer.status, await codeOf(answer)]).toEqual([504, '68'])
    scene.authoriser.signal('SIGCONT')
    await expectGivenBack(key, 6_000)
    expect(scene.balanceOf(key).posted).toBe(10_000)
    const again = await debit(card, 60, key)
    expect([again.status, await codeOf(again)]).toEqual([504, '68'])
  })

  it('is given back where it was asked by an edge that was killed, and stays late for whoever asks again', async () => {
    const card = await opened(100)
    const key = randomUUID()
    scene.authoriser.signal('SIGSTOP')
    const answer = debit(card, 60, key).catch(() => 'cut off')
    await inLog(key)
    await scene.edge.kill()
    scene.authoriser.signal('SIGCONT')
    expect(await answer).toBe('cut off')
    const [taken] = await settled(key, 1)
    expect(taken).toMatchObject({ type: 'Debit', code: '00', amount: 6_000 })
    await scene.edge.start()
    await expectGivenBack(key, 6_000)
    expect(scene.balanceOf(key).posted).toBe(10_000)
    const again = await debit(card, 60, key)
    expect([again.status, await codeOf(again)]).toEqual([504, '68'])
  }, 90_000)
})

describe('while nobody decides', () => {
  it('whoever asks is told so, and once somebody does again all is given back, or was never taken', async () => {
    const card = await opened(100)
    await scene.authoriser.drain()
    const asked: string[] = []
    const statuses: number[] = []
    const reasons: string[] = []
    const deadline = performance.now() + 30_000
    while (reasons.at(-1) !== 'no-owner' && performance.now() < deadline) {
      const key = randomUUID()
      asked.push(key)
      const answer = await debit(card, 1, key, { 'request-deadline-ms': '200' })
      statuses.push(answer.status)
      reasons.push(((await answer.json()) as { readonly reason: string }).reason)
      await sleep(100)
    }
    expect(new Set(reasons)).toEqual(new Set(['late', 'busy', 'no-owner']))
    expect(await codeOf(await debit(card, 1, randomUUID()))).toBe('91')
    await scene.authoriser.start()
    const isTaken = async () => (await debit(card, 1, randomUUID())).status
    await expect.poll(isTaken, { timeout: 20_000 }).toBe(200)
    const late = asked.filter((_, at) => statuses[at] === 504)
    for (const key of late) await expectGivenBack(key, 100)
    for (const key of asked.filter((_, at) => statuses[at] === 503)) {
      expect(scene.decisionsOf(key)).toEqual([])
    }
    expect(scene.balanceOf(late[0]!).posted).toBe(9_900)
  }, 90_000)
})
