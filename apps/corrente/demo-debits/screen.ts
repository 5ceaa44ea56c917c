import { clockText } from '#apps/corrente/demo-debits/day-curve'
import type { Second } from '#apps/corrente/demo-debits/second'

/** Codes with a column of their own: done, in part, no money, id of another request, blocked, late, nobody there. */
const codes = ['00', '10', '51', '30', '62', '68', '91'] as const

const widths = { hour: 5, second: 9, ms: 9, code: 6 }
const cell = (value: string | number, width: number) => String(value).padStart(width)
const milliseconds = (ms: number | undefined) =>
  cell(ms === undefined ? '-' : ms.toFixed(1), widths.ms)

/** What stands above the lines. */
export const titleLine = (): string =>
  [
    cell('hour', widths.hour),
    cell('answers/s', widths.second + 1),
    cell('p50 ms', widths.ms),
    cell('p99 ms', widths.ms),
    ...[...codes, 'other'].map((code) => cell(code, widths.code)),
    cell('repeats', widths.second),
  ].join('')

/** One second, as a line: the hour of the day it is, how fast, how long, and what was answered. */
export function secondLine(hour: number, second: Second): string {
  const { answers, p50Ms, p99Ms, byCode, repeats } = second
  const counted = codes.map((code) => byCode.get(code) ?? 0)
  const other = answers - counted.reduce((sum, count) => sum + count, 0)
  return [
    cell(clockText(hour), widths.hour),
    cell(answers, widths.second + 1),
    milliseconds(p50Ms),
    milliseconds(p99Ms),
    ...[...counted, other].map((count) => cell(count === 0 ? '.' : count, widths.code)),
    cell(repeats === 0 ? '.' : repeats, widths.second),
  ].join('')
}

const linesOfTitle = 20

/** Prints a line a second, the titles now and then, and how to kill the authoriser, as often as it is another process. */
export class Screen {
  readonly #print: (line: string) => void
  readonly #pid: () => number | undefined
  #toldPid: number | undefined
  #lines = 0

  constructor(print: (line: string) => void, pid: () => number | undefined) {
    this.#print = print
    this.#pid = pid
    this.#tellPid()
  }

  second(hour: number, second: Second): void {
    this.#tellPid()
    if (this.#lines % linesOfTitle === 0) this.#print(titleLine())
    this.#lines += 1
    this.#print(secondLine(hour, second))
  }

  #tellPid(): void {
    const pid = this.#pid()
    if (pid === undefined || pid === this.#toldPid) return
    this.#toldPid = pid
    this.#print(`the authoriser is in process ${pid}; kill it, and see: kill -9 ${pid}`)
  }
}
