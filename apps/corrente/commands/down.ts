import { parseArgs } from 'node:util'
import { type Command, report, print } from '#apps/corrente/command'
import { dataDirOf, portBaseOf } from '#apps/corrente/place'
import { stopSupervisor } from '#apps/corrente/supervisor-file'
import { stopStack } from '#compose/embedded/stack'

/** Stops what `start` and `up` left running; does nothing where nothing runs. */
export const down: Command = {
  name: 'down',
  summary: 'stop the embedded Kafka, registry and apps; data stays',
  help: `corrente down [--port-base <n>]

Stops a running corrente start (it drains first), then the embedded broker and registry. Data stays.`,
  async run(args) {
    const { values } = parseArgs({
      args: [...args],
      options: { 'port-base': { type: 'string' } },
    })
    const dataDir = dataDirOf(portBaseOf(values['port-base']))
    await stopSupervisor(dataDir, report)
    await stopStack(dataDir, report)
    print('nothing runs')
    return 0
  },
}
