import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { type Demo, startDemo } from '#apps/corrente/demo'
import { demoIntermediaries } from '#apps/corrente/demo-intermediaries'
import { idsOf, judgeOwn, notGivenBy, runMsMax, untriedOf } from '#tests/end-to-end/judge-own'
import { platformOf } from '#tests/stack'

const stack = inject('stack')
let demo: Demo | undefined
beforeAll(async () => {
  const json = { ...process.env, ...platformOf(stack), CORRENTE_JSON_TOPICS: 'payments' }
  demo = await startDemo({ ...stack, platform: json }, { report: () => undefined })
})
afterAll(() => demo?.stop())

/**
 * One over REST and one over SOAP both ways: each takes twenty seconds, and how `payments` is written changes
 * nothing of what is said to an intermediary. In Avro all of them are judged.
 */
const judged = demoIntermediaries.filter(({ name }) => ['examplepay', 'iris'].includes(name))

it('is judged at an intermediary over REST and at one over SOAP', () => {
  expect(judged).toHaveLength(2)
})

it.each(judged)(
  'our own proxy conforms in JSON, at $name',
  { timeout: runMsMax },
  async (intermediary) => {
    const told = await judgeOwn(stack, intermediary, 'json')
    expect(idsOf(told, 'failed')).toEqual([])
    expect(idsOf(told, 'not-applicable')).toEqual([])
    expect(untriedOf(told)).toEqual(notGivenBy(intermediary))
  },
)
