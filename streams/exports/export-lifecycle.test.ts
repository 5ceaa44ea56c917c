import { describe, expect, it } from 'vitest'
import {
  type ExportState,
  isLegalStep,
  isReady,
  isUnderWay,
  steps,
} from '#streams/exports/export-lifecycle'

const states = Object.keys(steps) as ExportState[]
const stepsFrom = (from: ExportState) => states.filter((next) => isLegalStep(from, next))

describe('the states of an export', () => {
  it('are all reached from a request', () => {
    const reached = new Set<ExportState>(['PENDING'])
    for (const state of reached) for (const next of stepsFrom(state)) reached.add(next)
    expect([...reached].sort()).toEqual([...states].sort())
  })

  it('never come again', () => {
    const after = (from: ExportState): ExportState[] =>
      stepsFrom(from).flatMap((next) => [next, ...after(next)])
    for (const state of states) expect(after(state)).not.toContain(state)
  })

  it.each(['EXPIRED', 'FAILED', 'CANCELLED'] as const)('end with %s', (state) => {
    expect(stepsFrom(state)).toEqual([])
  })

  it('are under way until there is a result, and ready until its time is over', () => {
    expect(states.filter(isUnderWay)).toEqual([
      'EXTRACTING',
      'SPLITTING',
      'RENDERING',
      'COLLECTING',
    ])
    expect(states.filter(isReady)).toEqual(['READY', 'READY_WITH_ERRORS'])
  })
})
