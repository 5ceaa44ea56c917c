import { parseArgs } from 'node:util'
import { type Command, print, report, UsageError } from '#apps/corrente/command'
import { embedded, ownKafkaSetting } from '#apps/corrente/installation'
import { dataDirOf, portBaseOf } from '#apps/corrente/place'
import { applyContracts } from '#apps/platform/contracts'
import { declaredUnits } from '#apps/platform/declared-units'
import { platformSettings } from '#apps/platform/settings'
import { startStack } from '#compose/embedded/stack'

/** Starts the embedded broker and registry and leaves them running. */
export const up: Command = {
  name: 'up',
  summary: 'start the embedded Kafka and schema registry, with topics and schemas',
  help: `corrente up [--port-base <n>] [--json]

Starts Apache Kafka and the schema registry on loopback, or finds the ones that run; creates the topics and
registers the schemas. They keep running: corrente down stops them. Data stays under .corrente/.`,
  async run(args) {
    const { values } = parseArgs({
      args: [...args],
      options: { json: { type: 'boolean', default: false }, 'port-base': { type: 'string' } },
    })
    const own = ownKafkaSetting()
    if (own !== undefined) {
      throw new UsageError(
        `${own} is set, and up starts a Kafka of its own: unset it, or prepare yours with corrente topics apply ` +
          'and corrente schemas register',
      )
    }
    const portBase = portBaseOf(values['port-base'])
    const stack = await startStack({ dataDir: dataDirOf(portBase), portBase, report })
    const { brokers, registryUrl, wasRunning } = stack
    await applyContracts(platformSettings(embedded(stack)), declaredUnits)
    if (values.json) print(JSON.stringify({ brokers, registryUrl, wasRunning }))
    else print(`Kafka ${brokers}\nregistry ${registryUrl}${wasRunning ? '\nwere running' : ''}`)
    return 0
  },
}
