import { describe, expect, it } from 'vitest'
import { Screen, secondLine, titleLine } from '#apps/corrente/demo-debits/screen'

const byCode = new Map([
  ['00', 210],
  ['51', 31],
  ['68', 2],
  ['14', 3],
  ['25', 1],
])

it('a second stands in one line below its titles', () => {
  const second = { answers: 247, p50Ms: 6.14, p99Ms: 3001, byCode, repeats: 12 }
  expect(`\n${titleLine()}\n${secondLine(12.67, second)}`).toBe(`
 hour answers/s   p50 ms   p99 ms    00    10    51    30    62    68    91 other  repeats
12:40       247      6.1   3001.0   210     .    31     .     .     2     .     4       12`)
})

it('a second without any answer says so', () => {
  const second = { answers: 0, p50Ms: undefined, p99Ms: undefined, byCode: new Map(), repeats: 0 }
  expect(secondLine(3, second)).toMatch(/^03:00 +0 +- +-( +\.){9}$/)
})

describe('the screen', () => {
  const second = { answers: 0, p50Ms: undefined, p99Ms: undefined, byCode: new Map(), repeats: 0 }
  const isTitle = (line: string) => line === titleLine()
  const pidsIn = (lines: readonly string[]) =>
    lines.flatMap(
      (line) => /^the authoriser is in process (\d+); .*: kill -9 \1$/.exec(line)?.[1] ?? [],
    )

  it('says how to kill the authoriser, and again once it is another process', () => {
    const lines: string[] = []
    let pid: number | undefined = 41
    const screen = new Screen(
      (line) => lines.push(line),
      () => pid,
    )
    expect(pidsIn(lines)).toEqual(['41'])
    screen.second(1, second)
    pid = undefined
    screen.second(2, second)
    pid = 42
    screen.second(3, second)
    screen.second(4, second)
    expect(pidsIn(lines)).toEqual(['41', '42'])
  })

  it('says nothing of that where another start runs it', () => {
    const lines: string[] = []
    new Screen(
      (line) => lines.push(line),
      () => undefined,
    ).second(1, second)
    expect(pidsIn(lines)).toEqual([])
  })

  it('has the titles above every twenty lines', () => {
    const lines: string[] = []
    const screen = new Screen(
      (line) => lines.push(line),
      () => undefined,
    )
    for (let n = 0; n < 41; n++) screen.second(n / 2, second)
    expect(lines.flatMap((line, at) => (isTitle(line) ? at : []))).toEqual([0, 21, 42])
  })
})
