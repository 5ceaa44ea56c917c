import { parseArgs } from 'node:util'
import { type Command, print, UsageError } from '#apps/corrente/command'
import { makeSecretFiles } from '#apps/corrente/secret-files'

/** Makes what compose.yaml names as secrets. */
export const secretsInit: Command = {
  name: 'secrets init',
  summary: 'make the secrets of an installation in containers, each in a file',
  help: `corrente secrets init --into <folder> [--json]

Makes the files that compose.yaml names as secrets: random ones, where there are none yet. What is there stays, so that it
is harmless to repeat, and what is yours (core-password, smtp-url) can be written before or after. The folder is for its
user alone. Keep config-keys and card-key as long as the data: without them what they encrypted cannot be read.`,
  async run(args) {
    const { values } = parseArgs({
      args: [...args],
      options: { into: { type: 'string' }, json: { type: 'boolean', default: false } },
    })
    if (!values.into) throw new UsageError('say --into <folder>: where the secrets are to lie')
    const made = makeSecretFiles(values.into, new Date())
    if (values.json) print(JSON.stringify({ made }))
    else print(made.length === 0 ? 'every secret was there' : `made ${made.join(', ')}`)
    return 0
  },
}
