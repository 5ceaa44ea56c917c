import { describe, expect, it } from 'vitest'
import { breakages } from '#tests/compose/breakages'
import { checked } from '#tests/compose/checks'
import { variablesIn, variablesOf } from '#tests/compose/interpolation'
import { textOf, userFiles } from '#tests/compose/project'

const variables = variablesOf(textOf('.env.example'))
const files = new Map<string, string>(userFiles.map((file) => [file, textOf(file)]))
const first = files.get(userFiles[0])!

/** What stands against the files where the one that has a text has another one in its place. */
async function problemsInstead(from: string, to: string): Promise<readonly string[]> {
  const [file, text] = [...files].find(([, text]) => text.includes(from))!
  const changed = text.replace(from, to)
  expect(changed).not.toBe(text)
  const results = await checked({ files: new Map([...files, [file, changed]]), variables })
  return results.flatMap(({ problems }) => problems)
}

describe('what is wrong in a compose file', () => {
  it.each([...variablesIn(first)])('is told by its name where %s is missing', async (name) => {
    const { [name]: _, ...rest } = variables
    const [unread] = await checked({ files, variables: rest })
    expect(unread!.problems[0]).toMatch(
      new RegExp(`^compose.yaml: ${name} is not set: set ${name} `),
    )
  })

  it('is a variable that .env.example has and nobody uses, or has not', async () => {
    const results = await checked({ files, variables: { ...variables, FORMER: 'x' } })
    expect(results.flatMap(({ problems }) => problems)).toEqual([
      'variable FORMER is used by nobody',
    ])
  })

  it.each(breakages)('is %s', async (_, from, to, problem) => {
    expect((await problemsInstead(from, to)).join('\n')).toMatch(problem)
  })
})
