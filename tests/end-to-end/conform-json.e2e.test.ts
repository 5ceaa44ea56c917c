import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { type Demo, startDemo } from '#apps/corrente/demo'
import { idsOf, judgeOwn, runMsMax } from '#tests/end-to-end/judge-own'
import { platformOf } from '#tests/stack'

const stack = inject('stack')
let demo: Demo | undefined
beforeAll(async () => {
  const json = { ...process.env, ...platformOf(stack), CORRENTE_JSON_TOPICS: 'payments' }
  demo = await startDemo({ ...stack, platform: json }, { report: () => undefined })
})
afterAll(() => demo?.stop())

it('our own proxy conforms in JSON', { timeout: runMsMax }, async () => {
  const told = await judgeOwn(stack, 'json')
  expect(idsOf(told, 'failed')).toEqual([])
  expect(idsOf(told, 'not-applicable')).toEqual([])
  expect(idsOf(told, 'not-tried')).toEqual([])
})
