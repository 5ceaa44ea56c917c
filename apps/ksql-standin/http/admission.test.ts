import { expect, it } from 'vitest'
import { newAdmission } from '#apps/ksql-standin/http/admission'

it('lets so many queries in, and others once one has ended', () => {
  const admission = newAdmission({ queriesMax: 2, scansMax: 1 })
  const end = admission.admit(false)
  admission.admit(true)
  expect(() => admission.admit(false)).toThrow('2 queries run already')
  end()
  admission.admit(false)
})

it('keeps scans from taking all the room', () => {
  const admission = newAdmission({ queriesMax: 10, scansMax: 1 })
  const end = admission.admit(true)
  expect(() => admission.admit(true)).toThrow('1 scans run already')
  admission.admit(false)
  end()
  admission.admit(true)
})
