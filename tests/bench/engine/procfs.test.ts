import { describe, expect, it } from 'vitest'
import {
  anonymousMegabytesOf,
  cpuSecondsIn,
  cpuSecondsOf,
  cpuSecondsOfChildren,
  megabytesIn,
  parentIn,
  peakMegabytesOf,
} from '#tests/bench/engine/procfs'

describe('what Linux says of a process', () => {
  it('is its user and system time, whatever its name', () => {
    const stat = `42 (a (odd) name) S 1 42 42 0 -1 4194304 9 8 7 6 1234 66 5 4 20 0 7 0 1 2 3`
    expect(cpuSecondsIn(stat)).toBe(13)
    expect(parentIn(stat)).toBe(1)
  })

  it('is its largest resident set', () => {
    const status = 'Name:\tnode\nVmHWM:\t  125000 kB\nVmRSS:\t  1000 kB\n'
    expect(megabytesIn(status, 'VmHWM')).toBe(128)
    expect(() => megabytesIn('Name:\tzombie\n', 'VmHWM')).toThrow('no VmHWM')
  })

  it('agrees with what Node says of itself', () => {
    const usage = process.cpuUsage()
    const own = cpuSecondsOf(process.pid)
    expect(Math.abs(own - (usage.user + usage.system) / 1e6)).toBeLessThan(0.1)
    expect(peakMegabytesOf(process.pid)).toBeGreaterThan(20)
    expect(cpuSecondsOfChildren(process.pid)).toBeGreaterThanOrEqual(0)
    expect(cpuSecondsOfChildren(process.ppid)).toBeGreaterThanOrEqual(own)
    const anonymous = anonymousMegabytesOf(process.pid)
    expect(anonymous).toBeGreaterThan(10)
    expect(anonymous).toBeLessThan(peakMegabytesOf(process.pid))
  })
})
