import { describe, expect, it } from 'vitest'
import { toldProgress } from '#apps/corrente/exports/told-progress'

function screen(isTTY: boolean, columns?: number) {
  let text = ''
  const told = { nowMs: 0, text: () => text }
  const write = (more: string) => (text += more)
  return { ...told, now: () => told.nowMs, given: { isTTY, columns, write }, told }
}
const of = (line: string, isNew = false) => ({ text: `[#] ${line}`, line, isNew })

describe('progress on a terminal', () => {
  it('is one line that changes, and is left as it was last', () => {
    const { given, text } = screen(true)
    const progress = toldProgress(given)
    progress.tell(of('one'))
    progress.tell(of('two'))
    progress.end()
    progress.end()
    expect(text()).toBe('\r[#] one\u001b[K\r[#] two\u001b[K\n')
  })

  it('is never broken in two', () => {
    const { given, text } = screen(true, 10)
    toldProgress(given).tell(of('a long line'))
    expect(text()).toBe('\r[#] a lon\u001b[K')
  })
})

describe('progress elsewhere', () => {
  it('is a line where something is new, and one now and then', () => {
    const { given, text, now, told } = screen(false)
    const progress = toldProgress(given, now)
    progress.tell(of('rendering, 1 %', true))
    progress.tell(of('rendering, 2 %'))
    told.nowMs = 5_000
    progress.tell(of('rendering, 3 %'))
    progress.tell(of('ready', true))
    told.nowMs = 10_000
    progress.tell(of('ready', true))
    progress.end()
    expect(text()).toBe('rendering, 1 %\nrendering, 3 %\nready\n')
  })
})
