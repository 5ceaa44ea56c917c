import { describe, expect, it } from 'vitest'
import { codecOf } from '#schemas/codec'
import { readSample } from '#schemas/samples/sample'
import { normaliseUser } from '#schemas/users/normalise'

const codec = codecOf('corrente.users.User')
const sample = readSample('user')
const read = (members: object = {}) => codec.fromJson(normaliseUser({ ...sample, ...members }))

describe('a login in plain JSON', () => {
  it('says who is there, at which public body', () => {
    expect(read()).toEqual({
      id: '0b9a7c3e-9a40-4d7c-a1a5-4f7b0a6d2c18',
      tenant_id: 'a4f1e2d3-6b7c-4e8f-9a0b-1c2d3e4f5a60',
      tax_code: 'PRVLCU85M15X000R',
      name: 'Luca',
      family_name: 'Prova',
      email: 'luca.prova@example.org',
      event_id: '6d0f3b1e-52a4-4f0f-8a51-0a7e2f3c9d10',
      event_version: '2.0',
      event_created_at: '2025-03-10T09:12:01+01:00',
      app_id: 'symfony-core:3.20.0',
    })
  })

  it.each([
    [2, '2.0'],
    [2.1, '2.1'],
    ['2', '2.0'],
    ['2.0', '2.0'],
    [1, '1.0'],
  ])('T1: has the version %j as %j', (event_version, text) => {
    expect(read({ event_version }).event_version).toBe(text)
  })

  it('T11: may have members of the collector', () => {
    const noisy = {
      path: '/users',
      source_type: 'http_server',
      timestamp: 1,
      'x-forwarded-for': '::',
    }
    expect(read(noisy)).toEqual(read())
  })

  it('may lack a tax code, names and an address', () => {
    const { tax_code: _, ...unknown } = sample
    expect(codec.fromJson(normaliseUser(unknown)).tax_code).toBeNull()
    expect(read({ tax_code: '', name: '', family_name: null, email: [] })).toMatchObject({
      tax_code: null,
      name: null,
      family_name: null,
      email: null,
    })
  })

  it('has its names under the other words of the Core, too', () => {
    const { name: _, family_name: __, ...nameless } = sample
    const other = normaliseUser({ ...nameless, given_name: 'Ada', surname: 'Esempio' })
    expect(codec.fromJson(other)).toMatchObject({ name: 'Ada', family_name: 'Esempio' })
  })
})
