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

it.each(demoIntermediaries)(
  'our own proxy conforms in JSON, at $name',
  { timeout: runMsMax },
  async (intermediary) => {
    const told = await judgeOwn(stack, intermediary, 'json')
    expect(idsOf(told, 'failed')).toEqual([])
    expect(idsOf(told, 'not-applicable')).toEqual([])
    expect(untriedOf(told)).toEqual(notGivenBy(intermediary))
  },
)
