import { describe, expect, it } from 'vitest'
import { given } from '#streams/debits/debit-drive'
import {
  authorise,
  dayMs,
  debit,
  holdDue,
  increment,
  nowMs,
  open,
  post,
  voidHold,
} from '#streams/debits/debit-samples'

const dueMs = nowMs + 7 * dayMs
const late = { requested_at: dueMs }
const atDue = <Request extends object>(request: Request) => ({ ...request, ...late })

describe('the time of a hold', () => {
  it('releases what is left when it is over, and tells so', () => {
    const account = given(open(100), authorise('h1', 60), post('p1', 'h1', 10))
    const answer = account.when(holdDue('h1'), dueMs)
    answer.then('approved', { amount: 50, posted: 90 })
    expect(answer.decided).toMatchObject({ is_repeat: false })
    expect(answer.decision).toMatchObject({ type: 'HoldDue', hold_id: 'h1', hold_left: 0 })
    account.when(atDue(debit('d1', 90)), dueMs).then('approved', { amount: 90, posted: 0 })
  })

  it('is the log’s, however early or late its timer is heard', () => {
    for (const heardMs of [dueMs - 40, dueMs + 30 * dayMs]) {
      given(open(100), authorise('h1', 60))
        .when(holdDue('h1'), heardMs)
        .then('approved', { amount: 60, posted: 100 })
    }
  })

  it('tells nobody where nothing is left, and forgets the hold', () => {
    const ended = [post('e', 'h1', 60), post('e', 'h1', 20, { isFinal: true }), voidHold('e', 'h1')]
    for (const end of ended) {
      const account = given(open(100), authorise('h1', 60), end)
      account.when(holdDue('h1'), dueMs).thenNothing({ rowsRemoved: 1 })
      account.when(holdDue('h1'), dueMs).thenNothing()
    }
  })

  it('releases once, though its timer comes twice', () => {
    const account = given(open(100), authorise('h1', 60))
    account.when(holdDue('h1'), dueMs).then('approved', { amount: 60, posted: 100 })
    account.when(holdDue('h1'), dueMs).thenNothing()
  })

  it('ends what may come of it though its timer was not heard yet', () => {
    const account = given(open(100), authorise('h1', 60))
    const held = { posted: 100, held: 60 }
    account.when(atDue(post('p1', 'h1', 1)), dueMs).then('hold-expired', held)
    account.when(atDue(increment('i1', 'h1', 1)), dueMs).then('hold-expired', held)
    account.when(atDue(voidHold('v1', 'h1')), dueMs).then('approved', { amount: 60, posted: 100 })
  })

  it('lets a post through until then', () => {
    const account = given(open(100), authorise('h1', 60))
    account
      .when(atDue(post('p1', 'h1', 60)), dueMs - 1)
      .then('approved', { amount: 60, posted: 40 })
  })

  it('is none of an account nobody opened', () => {
    given().when(holdDue('h1'), dueMs).thenNothing()
  })
})
