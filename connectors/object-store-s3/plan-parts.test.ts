import { describe, expect, it } from 'vitest'
import { copyBytesMax, partBytesMin } from '#connectors/object-store-s3/config'
import { lengthOf, type Piece, planParts, type Slice } from '#connectors/object-store-s3/plan-parts'

const object = (key: string, bytes: number): Slice => ({ key, etag: '"1"', from: 0, to: bytes })
const [min, small] = [partBytesMin, 1_000]

/** Parts as texts: `a[0-5]` is copied, `(a[0-5]+3)` is joined out of some of `a` and three bytes of its own. */
const shown = (pieces: readonly Piece[]) =>
  planParts(pieces).map((part) =>
    'copy' in part ? told(part.copy) : `(${part.join.map(told).join('+')})`,
  )
const told = (piece: Piece) =>
  piece instanceof Uint8Array ? `${piece.length}` : `${piece.key}[${piece.from}-${piece.to}]`

describe('the parts of an object that is composed', () => {
  it('are copied where they are large enough', () => {
    expect(shown([object('a', min), object('b', 2 * min)])).toEqual([
      `a[0-${min}]`,
      `b[0-${2 * min}]`,
    ])
  })

  it('may be small at the end', () => {
    expect(shown([object('a', min), object('b', small), Buffer.alloc(3)])).toEqual([
      `a[0-${min}]`,
      `(b[0-${small}]+3)`,
    ])
  })

  it('are joined with the beginning of what follows, where they are small before it', () => {
    expect(shown([Buffer.alloc(3), object('a', 3 * min)])).toEqual([
      `(3+a[0-${min - 3}])`,
      `a[${min - 3}-${3 * min}]`,
    ])
  })

  it('are joined with all that follows, where too little of it would be left to be copied', () => {
    expect(shown([Buffer.alloc(3), object('a', 2 * min - 4), object('b', min)])).toEqual([
      `(3+a[0-${2 * min - 4}])`,
      `b[0-${min}]`,
    ])
  })

  it('are copied in pieces, none too small, where they are larger than is copied at once', () => {
    const parts = planParts([object('a', copyBytesMax + 1)])
    expect(parts).toHaveLength(2)
    expect(parts.every((part) => 'copy' in part && lengthOf(part.copy) >= min)).toBe(true)
  })

  it('leave out what has no bytes', () => {
    expect(shown([Buffer.alloc(0), object('a', 0), object('b', min)])).toEqual([`b[0-${min}]`])
    expect(shown([])).toEqual([])
  })

  it('are all of it, in order, none too small but the last and none too large to be held', () => {
    let state = 1
    const random = (below: number) => (state = (state * 48_271) % 2_147_483_647) % below
    for (let round = 0; round < 300; round += 1) {
      const pieces = Array.from({ length: 1 + random(12) }, (_, nth): Piece => {
        const bytes = [0, 1, small, min - 1, min, min + 1, 2 * min, 40 * min][random(8)]!
        return random(3) === 0 ? new Uint8Array(Math.min(bytes, small)) : object(`${nth}`, bytes)
      })
      const parts = planParts(pieces)
      const flat = parts.flatMap((part) => ('copy' in part ? [part.copy] : part.join))
      expect(runs(flat)).toEqual(runs(pieces))
      for (const [nth, part] of parts.entries()) {
        const inside = 'copy' in part ? [part.copy] : part.join
        const bytes = inside.reduce((sum, piece) => sum + lengthOf(piece), 0)
        if (nth < parts.length - 1 || 'copy' in part) expect(bytes).toBeGreaterThanOrEqual(min)
        if ('join' in part) expect(bytes).toBeLessThan(3 * min)
      }
    }
  })
})

/** What follows without a gap as one text, and nothing of what has no bytes. */
function runs(pieces: readonly Piece[]): readonly string[] {
  const slices: Piece[] = []
  for (const piece of pieces.filter((one) => lengthOf(one) > 0)) {
    const last = slices.at(-1)
    const goesOn =
      last &&
      !(last instanceof Uint8Array) &&
      !(piece instanceof Uint8Array) &&
      last.key === piece.key
    if (goesOn && last.to === piece.from) slices[slices.length - 1] = { ...last, to: piece.to }
    else slices.push(piece)
  }
  return slices.map(told)
}
