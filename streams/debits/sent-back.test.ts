import { describe, expect, it } from 'vitest'
import { Authoriser } from '#streams/debits/debit-drive'
import { dayMs, debit, nowMs, open } from '#streams/debits/debit-samples'
import { bucketKey } from '#streams/debits/id-buckets'

/** The last moment whose ids lie in the bucket of `nowMs`. */
function lastOfBucket(): number {
  let [before, behind] = [nowMs, nowMs + 4 * dayMs]
  while (behind - before > 1) {
    const middle = Math.floor((before + behind) / 2)
    if (bucketKey(middle) === bucketKey(nowMs)) before = middle
    else behind = middle
  }
  return before
}

// Far enough before its end that clocks that differ do not explain an id of the next one.
const hourMs = 3_600_000
const asideAt = lastOfBucket() - hourMs
const asked = { requested_at: asideAt, deadline_at: asideAt + 10 * dayMs }

function given(): Authoriser {
  const account = new Authoriser()
  account.when(open(100, {}, { requested_at: asideAt }), asideAt)
  return account
}

describe('a request that was set aside and is sent back', () => {
  it('is taken then, if nobody asked again meanwhile', () => {
    const answer = given().when(debit('d1', 30, {}, asked), asideAt, asideAt + dayMs)
    answer.then('approved', { amount: 30, posted: 70 })
    expect(answer.decision.decided_at).toBe(asideAt + dayMs)
  })

  it('is told what was decided meanwhile, though its id lies where later ones do', () => {
    const account = given()
    const first = account.when(debit('d1', 30, {}, asked), asideAt + 2 * hourMs)
    const answer = account.when(debit('d1', 30, {}, asked), asideAt, asideAt + dayMs)
    expect(answer.decided).toMatchObject({ is_repeat: true, decision: first.decision })
  })

  it('is taken once, however often it is sent back, also when its id is forgotten', () => {
    const account = given()
    for (const days of [1, 2]) {
      account.when(debit('d1', 30, {}, asked), asideAt, asideAt + days * dayMs)
    }
    const [kept] = [...account.rows.range({ gte: 'r/' })].filter(([key]) => key.endsWith('/d1'))
    const atMs = asideAt + 30 * dayMs
    for (let n = 0; n < 700 && account.rows.get(kept![0]); n++) {
      account.when(debit(`e${n}`, 1_000, {}, { requested_at: atMs }), atMs)
    }
    expect(account.rows.get(kept![0])).toBeUndefined()
    const answer = account.when(debit('d1', 30, {}, asked), asideAt, atMs)
    answer.then('too-old', { posted: 70 })
  })

  it('is too old beyond the window, and late beyond its deadline', () => {
    const deadline_at = asideAt + 3_000
    const late = debit('d1', 30, {}, { requested_at: asideAt, deadline_at })
    given()
      .when(late, asideAt, asideAt + 3_001)
      .then('late', { posted: 100 })
    given()
      .when(debit('d1', 30, {}, asked), asideAt, asideAt + 4 * dayMs)
      .then('too-old', { posted: 100 })
  })
})
