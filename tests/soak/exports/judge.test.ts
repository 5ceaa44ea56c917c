import { describe, expect, it } from 'vitest'
import type { ExportCurrent } from '#schemas/generated/types'
import type { Asked } from '#tests/soak/exports/asked'
import { judge, type Run } from '#tests/soak/exports/judge'
import { Told } from '#tests/soak/exports/told'
import { batches } from '#tests/soak/exports/wishes'

const batch = batches.find(({ receipts }) => receipts === 2)!
const wish = { batch, language: 'en', lifetimeMinutes: 1, isAskedTwice: true } as const
const asked = (changes: Partial<Asked> = {}): Asked => ({
  id: 'e1',
  ids: new Set(['e1']),
  wish: { ...wish, givenUpAfterMs: undefined },
  states: ['PENDING', 'RENDERING', 'READY'],
  wrongs: [],
  isGivenUp: false,
  fetched: { sha256: 'a', bytes: 1, documents: 2 },
  ...changes,
})
type Step = Partial<Omit<ExportCurrent, 'result'>> & { readonly sha256?: string }
const whole: readonly Step[] = [
  { state: 'EXTRACTING' },
  { state: 'RENDERING', records: 2, rendered: 1 },
  { state: 'READY', records: 2, rendered: 2, sha256: 'a' },
  { state: 'EXPIRED', records: 2, rendered: 2 },
]
function toldOf(exports: Readonly<Record<string, readonly (Step | undefined)[]>>): Told {
  const told = new Told()
  for (const [id, steps] of Object.entries(exports)) {
    told.noteRequested(id, id)
    for (const step of steps) {
      if (!step) {
        told.noteCurrent(id, undefined)
        continue
      }
      const { sha256, ...rest } = step
      const result = sha256 === undefined ? null : { key: 'k', bytes: 1, sha256 }
      const counters = { records: null, rendered: 0, failed: 0, failure: null }
      told.noteCurrent(id, { ...counters, ...rest, result } as ExportCurrent)
    }
  }
  return told
}
const run = (changes: Partial<Run> = {}): Run => ({
  asked: [asked()],
  told: toldOf({ e1: [...whole, undefined] }),
  left: [],
  deadLetters: [],
  ...changes,
})

describe('a run of exports', () => {
  it('in which every promise was kept has nothing wrong', () => {
    expect(judge(run())).toEqual([])
  })

  it.each<[string, Partial<Run>, string]>([
    ['has no end', { asked: [asked({ states: ['RENDERING'] })] }, 'e1 has no end: RENDERING'],
    ['gave no archive', { asked: [asked({ fetched: undefined })] }, 'e1 gave no archive'],
    [
      'has too few documents',
      { asked: [asked({ fetched: { sha256: 'a', bytes: 1, documents: 1 } })] },
      'the archive of e1 has 1 documents, not 2',
    ],
    ['can not be read', { asked: [asked({ wrongs: ['unzip: x'] })] }, 'of e1: unzip: x'],
    ['has two ids', { asked: [asked({ ids: new Set(['e1', 'e2']) })] }, 'one key led to'],
    [
      'was ready twice',
      { told: toldOf({ e1: [...whole, { state: 'READY', records: 2, rendered: 2 }, undefined] }) },
      'e1 became ready 2 times',
    ],
    [
      'counted a chunk twice',
      { told: toldOf({ e1: [{ state: 'RENDERING', records: 2, rendered: 3 }, undefined] }) },
      'e1 counted 3 of 2',
    ],
    [
      'was ready before all was counted',
      { told: toldOf({ e1: [{ state: 'READY', records: 2, rendered: 1 }, undefined] }) },
      'e1 was ready with 1 of 2 counted',
    ],
    [
      'counted backwards',
      {
        told: toldOf({
          e1: [...whole.slice(0, 3), { state: 'EXPIRED', records: 2, rendered: 1 }, undefined],
        }),
      },
      'the counters of e1 went back',
    ],
    ['is kept for ever', { told: toldOf({ e1: whole }) }, 'e1 was never forgotten'],
    [
      'was given up and is ready',
      { asked: [asked({ isGivenUp: true })] },
      'e1 has no end: PENDING, RENDERING, READY',
    ],
    ['led nowhere', { told: new Told() }, 'e1 led to 0 exports'],
    [
      'left something',
      { left: ['exports/e1/ending'] },
      'exports/e1/ending is left: EXTRACTING, RENDERING, READY, EXPIRED',
    ],
    ['ended as a dead letter', { deadLetters: ['export-renderer.dlq/0/0'] }, 'a dead letter: '],
  ])('in which an export %s says so', (_, changes, sentence) => {
    expect(judge(run(changes)).join('\n')).toContain(sentence)
  })

  it('in which the same content has other bytes says so', () => {
    const other = whole.map((step) => (step.sha256 ? { ...step, sha256: 'b' } : step))
    const told = toldOf({ e1: [...whole, undefined], e2: [...other, undefined] })
    const both = [asked(), asked({ id: 'e2', ids: new Set(['e2']) })]
    expect(judge(run({ asked: both, told }))).toEqual([
      '2 movements of seed 2 in en were 2 different archives',
    ])
  })

  it('asks for no archive of what somebody else had made, and was over when it was asked for', () => {
    const told = toldOf({ e1: [...whole, undefined] })
    told.noteRequested('r2', 'e1')
    const late = asked({ id: 'r2', ids: new Set(['r2']), fetched: undefined, states: ['EXPIRED'] })
    expect(judge(run({ asked: [asked(), late], told }))).toEqual([])
  })

  it('asks for no archive of what was given up', () => {
    const one = asked({ isGivenUp: true, fetched: undefined, states: ['RENDERING', 'gone'] })
    const told = toldOf({ e1: [{ state: 'CANCELLED' }, undefined] })
    expect(judge(run({ asked: [one], told }))).toEqual([])
  })
})
