import { parseArgs } from 'node:util'
import { type Command, print, UsageError } from '#apps/corrente/command'
import { installed } from '#apps/corrente/installation'
import { registeredTopics, registerSchemas } from '#apps/platform/contracts'
import { declaredUnits } from '#apps/platform/declared-units'
import { platformSettings } from '#apps/platform/settings'
import { codecOf } from '#schemas/codec'
import { checkBackward } from '#schemas/compatibility'
import { isSame } from '#schemas/generator/releases'
import { releaseNameOf } from '#schemas/engine/unit-topics'
import { releasedUnder } from '#schemas/released'

const topics = registeredTopics(declaredUnits)

/** Problems of every topic's schema against all its released versions. Needs no server. */
function problems(): readonly { readonly topic: string; readonly problem: string }[] {
  return topics.flatMap(({ name, schema }) => {
    const current = codecOf(schema).schema
    const released = releasedUnder(releaseNameOf(name))
    const newest = released.at(-1)
    const isReleased = newest !== undefined && isSame(current, newest)
    const unreleased = isReleased
      ? []
      : [`version ${released.length + 1} is not released: run npm run schemas:release`]
    const incompatible = released.flatMap((previous, index) =>
      checkBackward(current, previous).map((text) => `against version ${index + 1}: ${text}`),
    )
    return [...incompatible, ...unreleased].map((problem) => ({ topic: name, problem }))
  })
}

/** Compatibility without a server. */
export const schemasCheck: Command = {
  name: 'schemas check',
  summary: 'check that every schema can read what earlier versions wrote; needs no server',
  help: `corrente schemas check [--json]

Reads each topic's schema against all its released versions (schemas/released): backward compatibility by the
Avro resolution rules. Exit code 1 where one is broken or not released.`,
  async run(args) {
    const { values } = parseArgs({
      args: [...args],
      options: { json: { type: 'boolean', default: false } },
    })
    const found = problems()
    if (values.json) print(JSON.stringify(found))
    else if (found.length === 0) print(`all ${topics.length} schemas are backward compatible`)
    else found.forEach(({ topic, problem }) => print(`${topic}: ${problem}`))
    return found.length === 0 ? 0 : 1
  },
}

/** Registration: the only place where schemas reach the registry. */
export const schemasRegister: Command = {
  name: 'schemas register',
  summary: 'register every schema under <topic>-value',
  help: `corrente schemas register [--json] [--port-base <n>]

Registers each topic's schema under <topic>-value; idempotent. The registry refuses what is not backward compatible.`,
  async run(args) {
    const { values } = parseArgs({
      args: [...args],
      options: { json: { type: 'boolean', default: false }, 'port-base': { type: 'string' } },
    })
    const { wire } = platformSettings(await installed(values['port-base']))
    if (wire.format !== 'avro') throw new UsageError('CORRENTE_WIRE is json: there is no registry')
    const written = topics.filter(({ name }) => !wire.jsonTopics.includes(name))
    const registered = await registerSchemas(wire.registry, written)
    if (values.json) print(JSON.stringify(registered))
    else registered.forEach(({ subject, id }) => print(`${subject}: ${id}`))
    return 0
  },
}
