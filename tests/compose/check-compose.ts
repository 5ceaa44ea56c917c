import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { checked } from '#tests/compose/checks'
import { variablesOf } from '#tests/compose/interpolation'
import { textOf, userFiles } from '#tests/compose/project'

/**
 * `npm run compose:check [-- --env-file <path>]`: the compose files with the variables of a file (`compose/.env.example`),
 * without a container engine. A line for each check; ends with 1 where something stands against one.
 */
async function main(): Promise<number> {
  const { values } = parseArgs({
    options: { 'env-file': { type: 'string', default: 'compose/.env.example' } },
  })
  const variables = variablesOf(readFileSync(values['env-file'], 'utf8'))
  const files = new Map(userFiles.map((file) => [file, textOf(file)]))
  const results = await checked({ files, variables })
  for (const { name, problems } of results) {
    process.stdout.write(`${problems.length === 0 ? 'ok    ' : 'FAILED'} ${name}\n`)
    for (const problem of problems) process.stdout.write(`       ${problem}\n`)
  }
  const failed = results.filter(({ problems }) => problems.length > 0).length
  process.stdout.write(`${results.length - failed} of ${results.length} checks passed\n`)
  return failed === 0 ? 0 : 1
}

process.exitCode = await main()
