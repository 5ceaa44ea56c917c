import { describe, expect, it } from 'vitest'
import { Failures, keysMax } from '#apps/operations/sign-in/failures'

describe('attempts to sign in', () => {
  it('hold a key off once there are too many, until their window is over', () => {
    const failures = new Failures(2, 1_000)
    failures.note('ada', 0)
    expect(failures.heldMs('ada', 10)).toBe(0)
    failures.note('ada', 400)
    expect(failures.heldMs('ada', 400)).toBe(600)
    expect(failures.heldMs('bob', 400)).toBe(0)
    expect(failures.heldMs('ada', 1_000)).toBe(0)
    failures.note('ada', 1_000)
    expect(failures.heldMs('ada', 1_001)).toBe(0)
  })

  it('are none where they succeeded', () => {
    const failures = new Failures(1, 1_000)
    failures.note('ada', 0)
    failures.undo('ada')
    expect(failures.heldMs('ada', 1)).toBe(0)
    failures.note('ada', 2)
    failures.forget('ada')
    expect(failures.heldMs('ada', 3)).toBe(0)
  })

  it('take bounded memory, whatever logins are made up', () => {
    const failures = new Failures(1, 1_000)
    for (let n = 0; n < keysMax + 5; n++) failures.note(`login-${n}`, 0)
    expect(failures.size).toBe(keysMax)
    expect(failures.heldMs('login-0', 1)).toBe(0)
    expect(failures.heldMs(`login-${keysMax}`, 1)).toBe(999)
  })
})
