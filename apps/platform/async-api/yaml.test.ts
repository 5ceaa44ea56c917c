import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { toYaml } from '#apps/platform/async-api/yaml'

const long = 'a text that is long enough to need a line of its own, and then some more words of it'

describe('YAML', () => {
  it.each([
    ...[
      null,
      true,
      0,
      -1.5,
      'plain',
      'true',
      'No',
      'null',
      '1',
      '-1',
      '',
      ' ',
      'a: b',
      '# no',
      '- x',
    ],
    ...[
      '"quoted"',
      'line\nbreak',
      'ends with space ',
      '{',
      '@at',
      '*',
      'è',
      '1e3',
      '0x1F',
      '2026-11-30',
    ],
    ...[[], {}, [[]], [{}], { a: [] }, { a: {} }, { '': 1 }, { 'a b': 1 }, { true: 1, '1': 2 }],
    ...[{ a: { b: { c: [1, [2, [long, long]], { d: long, e: [long, { f: long, g: long }] }] } } }],
    ...[
      [
        [long, long],
        [long, long],
      ],
      { [long]: { [`${long}:`]: [long, null, { x: long }] } },
    ],
  ])('is read by others as what it was: %j', (value) => {
    expect(parse(toYaml(value))).toEqual(value)
  })

  it('has a member to a line, and what is small on one', () => {
    expect(toYaml({ name: 'x', list: [{ small: 1 }, { long, longer: long }] })).toBe(
      `name: x\nlist:\n  - {"small":1}\n  - long: "${long}"\n    longer: "${long}"\n`,
    )
  })
})
