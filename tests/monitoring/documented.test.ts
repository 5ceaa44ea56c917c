import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { ownMetrics } from '#tests/monitoring/own-metrics'
import { readRules } from '#tests/monitoring/rules'

const page = readFileSync('docs/metrics.md', 'utf8')
const metrics = ownMetrics()
const { alerts } = readRules()

/** Names with their labels, as the page writes them. */
const written = [
  ...page.matchAll(/`((?:corrente|process|nodejs)_[a-z0-9_]+)(?:\{([a-z,]+)\})?`/g),
].map(([, name, labels]) => ({ name: name!, labels: labels?.split(',').sort() ?? [] }))

describe('the page of metrics', () => {
  it('has every number of ours, with its labels', () => {
    const own = [...metrics].filter(([name]) => name.startsWith('corrente_'))
    expect(own.length).toBeGreaterThan(30)
    for (const [name, { labels }] of own) {
      const found = written.filter((one) => one.name === name).map((one) => one.labels)
      expect(found, name).toContainEqual([...labels].sort())
    }
  })

  it('has no number that nobody has', () => {
    for (const { name } of written) expect([...metrics.keys()]).toContain(name)
  })

  it.each(alerts)('has $alert, how long it waits, and its severity', (rule) => {
    const row = page.split('\n').find((line) => line.includes(`(runbooks/${rule.alert}.md)`))
    const cells = row?.split('|').map((cell) => cell.trim())
    expect(cells?.slice(3, 5)).toEqual([rule.for ?? 'at once', rule.labels.severity])
  })
})
