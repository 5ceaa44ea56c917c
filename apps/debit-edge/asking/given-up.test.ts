import { describe, expect, it } from 'vitest'
import { creditOf, debitOf } from '#apps/debit-edge/asking/example-asking'
import { GivenUp } from '#apps/debit-edge/asking/given-up'
import { eventOf, givingBack, type Wanted } from '#apps/debit-edge/asking/wanted'
import { decidedOf } from '#apps/debit-edge/example-log'

const tryOf = (wanted: Wanted) => eventOf(wanted, 0)
const repeat = { isRepeat: true }

describe('a try that was given up', () => {
  it('makes a repeat of its approval nothing to tell, until its giving back is decided', () => {
    const givenUp = new GivenUp()
    const [first, second] = [tryOf(debitOf()), tryOf(debitOf())]
    givenUp.add(first)
    expect(givenUp.isAbout(decidedOf(second, repeat))).toBe(false)
    givenUp.see(decidedOf(first))
    expect(givenUp.isAbout(decidedOf(second, repeat))).toBe(true)
    expect(givenUp.isAbout(decidedOf(tryOf(debitOf('order:2')), repeat))).toBe(false)
    givenUp.see(decidedOf(eventOf(givingBack(first)!, 0)))
    expect(givenUp.isAbout(decidedOf(second, repeat))).toBe(false)
  })

  it.each([
    ['was a repeat itself', repeat],
    ['was declined', { code: '51' }],
  ])('and %s takes nothing back', (_, members) => {
    const givenUp = new GivenUp()
    const first = tryOf(debitOf())
    givenUp.add(first)
    givenUp.see(decidedOf(first, members))
    expect(givenUp.isAbout(decidedOf(tryOf(debitOf()), repeat))).toBe(false)
  })

  it('and cannot be undone stands', () => {
    const givenUp = new GivenUp()
    const first = tryOf(creditOf())
    givenUp.add(first)
    givenUp.see(decidedOf(first))
    expect(givenUp.isAbout(decidedOf(tryOf(creditOf()), repeat))).toBe(false)
  })
})
