import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { hasPromtool, promtool } from '#tests/monitoring/promtool'
import { ruleFiles } from '#tests/monitoring/rules'

const folder = 'compose/prometheus/tests'
const examples = readdirSync(folder)
  .filter((name) => name.endsWith('.yaml'))
  .map((name) => `${folder}/${name}`)

describe.runIf(hasPromtool)('promtool', () => {
  it('takes the rules', () => {
    expect(() => promtool(['check', 'rules', ...ruleFiles])).not.toThrow()
  })

  it.each(examples)('finds that alerts fire when they should, and only then: %s', (path) => {
    expect(() => promtool(['test', 'rules', path])).not.toThrow()
  })
})
