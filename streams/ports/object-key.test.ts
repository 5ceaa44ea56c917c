import { describe, expect, it } from 'vitest'
import { checkKey, checkPrefix } from '#ports/object-key'
import { InvalidValueError } from '#schemas/values/invalid-value'

const not = (check: (text: string) => void, text: string): string => {
  try {
    check(text)
  } catch (error) {
    expect(error).toBeInstanceOf(InvalidValueError)
    return (error as Error).message
  }
  return 'none'
}

describe('the key of an object', () => {
  it.each([
    'a',
    'exports/0192f1c8-90b1-7c3a-8a44-5d8f3f1f0c11/archive.zip',
    'templates/receipt=1',
    '.hidden/..._-=',
    'a'.repeat(200),
  ])('may be %s', (key) => {
    expect(() => checkKey(key)).not.toThrow()
  })

  it.each([
    ['nothing', ''],
    ['a slash before it', '/a'],
    ['a slash behind it', 'a/'],
    ['two slashes', 'a//b'],
    ['the folder itself', 'a/./b'],
    ['the folder above', 'a/../b'],
    ['nothing but the folder above', '..'],
    ['a NUL', 'a\0b'],
    ['a backslash', 'a\\b'],
    ['a blank', 'a b'],
    ['a line', 'a\n'],
    ['a percent sign', '%2e%2e/a'],
    ['the sign that drivers keep for themselves', 'a@b'],
    ['a letter that is written in two ways', 'caffè'],
    ['a long segment', 'a'.repeat(201)],
    ['too many segments', `${'a/'.repeat(256)}a`],
  ])('has not %s', (_what, key) => {
    expect(not(checkKey, key)).toMatch(/^is no key of an object: /)
  })

  it('is not repeated by what is said of it', () => {
    expect(not(checkKey, 'Luca Prova')).not.toContain('Luca')
  })
})

describe('a prefix', () => {
  it.each(['', 'a/', 'exports/1/'])('may be %j', (prefix) => {
    expect(() => checkPrefix(prefix)).not.toThrow()
  })

  it.each(['/', 'a', 'exports/1', '../', 'a//', '/a/', 'a\0/'])('is not %j', (prefix) => {
    expect(not(checkPrefix, prefix)).toMatch(/^is no prefix of objects: /)
  })
})
