import { afterEach, describe, expect, it, vi } from 'vitest'
import { asyncapi } from '#apps/corrente/commands/asyncapi'
import { asyncApi } from '#apps/platform/async-api/async-api'
import { toYaml } from '#apps/platform/async-api/yaml'
import { declaredUnits } from '#apps/platform/declared-units'

afterEach(() => void vi.restoreAllMocks())

/** What the command prints. */
async function printed(args: readonly string[]): Promise<string> {
  const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true)
  expect(await asyncapi.run(args)).toBe(0)
  return write.mock.calls.map(([text]) => String(text)).join('')
}

describe('corrente asyncapi', () => {
  const wanted = asyncApi(declaredUnits)

  it.each([[[]], [['--yaml']]])('prints YAML for %j', async (args) => {
    expect((await printed(args)) === toYaml(wanted)).toBe(true)
  })

  it('prints JSON on one line where it is asked for', async () => {
    const text = await printed(['--json'])
    expect(text.trimEnd()).not.toContain('\n')
    expect(text.trimEnd() === JSON.stringify(wanted)).toBe(true)
  })

  it('knows no other option', () => {
    expect(() => asyncapi.run(['--xml'])).toThrow(/xml/)
  })
})
