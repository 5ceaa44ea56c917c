import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { commands } from '#apps/corrente/dispatch'
import { declaredUnits } from '#apps/platform/declared-units'
import { ownMetrics } from '#tests/monitoring/own-metrics'
import { readRules } from '#tests/monitoring/rules'

const folder = 'docs/runbooks'
const runbooks = readdirSync(folder)
  .filter((name) => name !== 'README.md')
  .sort()
  .map((name) => ({ name, text: readFileSync(`${folder}/${name}`, 'utf8') }))
const { alerts } = readRules()
const metrics = ownMetrics()
const apps = new Set(readdirSync('apps'))
const units = new Set(declaredUnits.map(({ name }) => name))

/** What stands between backticks in a text and begins with a word. */
const quoted = (text: string, word: string) =>
  [...text.matchAll(/`([^`]+)`/g)]
    .map(([, words]) => words!)
    .filter((words) => words.startsWith(word))

const isCommand = (words: readonly string[]) =>
  apps.has(words[0]!) ||
  commands.some((command) => command.name.split(' ').every((word, index) => words[index] === word))

/** Options that the help of a command tells of. */
const helpOf = (words: readonly string[]) =>
  commands.filter(({ name }) => name.split(' ').every((word, index) => words[index] === word))

describe('the pages of alerts', () => {
  it('are one for each alert, and no other', () => {
    const named = alerts.map(({ alert }) => `${alert}.md`).sort()
    expect(runbooks.map(({ name }) => name)).toEqual(named)
  })

  it.each(runbooks)(
    '$name says what it means, how to see it, what to do, when to escalate',
    (page) => {
      const sections = [...page.text.matchAll(/^## (.+)$/gm)].map(([, title]) => title)
      expect(sections).toEqual(['What it means', 'How to see it', 'What to do', 'When to escalate'])
      expect(page.text).toMatch(/^1\. /m)
    },
  )

  it.each(runbooks)('$name tells to run only what there is', ({ text }) => {
    for (const line of quoted(text, 'corrente ')) {
      const words = line.split(/\s+/).slice(1)
      expect(isCommand(words), line).toBe(true)
      const help = helpOf(words).map((command) => command.help)
      if (help.length === 0) continue
      for (const [option] of line.matchAll(/--[a-z-]+/g))
        expect(help.join('\n'), line).toContain(option)
      const unit = /--unit ([a-z-]+)/.exec(line)?.[1]
      if (unit !== undefined) expect([...units], line).toContain(unit)
    }
  })

  it.each(runbooks)('$name looks only at numbers that there are', ({ text }) => {
    for (const name of text.match(/\b(corrente|process|nodejs)_[a-z0-9_]+/g) ?? []) {
      const bare = name.replace(/_(bucket|sum|count)$/, '')
      expect([metrics.has(name), metrics.has(bare)], name).toContain(true)
    }
  })

  it.each(runbooks)('$name leads only to pages that there are', ({ text }) => {
    for (const [, path] of text.matchAll(/\]\(([^)]+)\)/g)) {
      expect(() => readFileSync(`${folder}/${path}`), path).not.toThrow()
    }
  })
})
