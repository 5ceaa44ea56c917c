import { parseArgs } from 'node:util'
import { type Command, print } from '#apps/corrente/command'
import { asyncApi } from '#apps/platform/async-api/async-api'
import { toYaml } from '#apps/platform/async-api/yaml'
import { declaredUnits } from '#apps/platform/declared-units'

const options = {
  json: { type: 'boolean', default: false },
  yaml: { type: 'boolean', default: false },
} as const

/** The contract of all topics. */
export const asyncapi: Command = {
  name: 'asyncapi',
  summary: 'all topics as an AsyncAPI document: schemas, keys, retention, who writes and reads',
  help: `corrente asyncapi [--json | --yaml]

Prints every topic as AsyncAPI 3.0, YAML unless --json is given. Asks no broker: it is what this version declares.
docs/asyncapi.yaml is the same.`,
  run(args) {
    const { values } = parseArgs({ args: [...args], options })
    const document = asyncApi(declaredUnits)
    print(values.json ? JSON.stringify(document) : toYaml(document).trimEnd())
    return Promise.resolve(0)
  },
}
