import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { blocksOf, write } from '#tests/end-to-end/recipe'

const page =
  'Text.\n\n```ts a.ts\none\ntwo\n```\n\n```diff a.ts\n one\n+between\n```\n\n```sh\nls\n```\n'

it('does to the files what the page says', () => {
  const root = mkdtempSync(join(tmpdir(), 'recipe-'))
  onTestFinished(() => rmSync(root, { recursive: true }))
  const [file, diff, command] = blocksOf(page)
  expect(command).toEqual({ language: 'sh', path: undefined, text: 'ls\n' })
  write(root, file!)
  write(root, diff!)
  write(root, file!)
  const text = () => readFileSync(join(root, 'a.ts'), 'utf8')
  expect(text()).toBe('one\nbetween\ntwo\n\none\ntwo\n')
  writeFileSync(join(root, 'a.ts'), 'three\n')
  expect(() => write(root, diff!)).toThrow('no line reads: one')
  write(root, { language: 'diff', path: 'a.ts', text: '-three\n+four\n' })
  expect(text()).toBe('four\n')
  expect(() => write(root, { language: 'diff', path: 'a.ts', text: '-three\n' })).toThrow('three')
})
