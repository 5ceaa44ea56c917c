import { text } from 'node:stream/consumers'
import { parseArgs } from 'node:util'
import { type Command, print, UsageError } from '#apps/corrente/command'
import { installed } from '#apps/corrente/installation'
import { allTopics } from '#apps/platform/contracts'
import { readEvent } from '#apps/platform/read-event'
import { platformSettings } from '#apps/platform/settings'
import { openPublisher } from '#core/publisher'
import { appVersion } from '#core/version'
import { newWire } from '#core/wire'

/** Writes one event from standard input, after the same checks as every reader makes. */
export const publish: Command = {
  name: 'publish',
  summary: 'write one JSON event from standard input to a shared or command topic',
  help: `corrente publish <topic> [--port-base <n>] < event.json

Checks the event against the topic's schema and the versions it takes, and writes it as that topic is written
(Avro unless configured otherwise). Only topics with several writers may be written to.`,
  async run(args) {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { 'port-base': { type: 'string' } },
    })
    const open = allTopics.filter(({ kind }) => kind === 'shared' || kind === 'commands')
    const topic = open.find(({ name }) => name === positionals[0])
    if (!topic) throw new UsageError(`say a topic: ${open.map(({ name }) => name).join(', ')}`)
    const settings = platformSettings(await installed(values['port-base']))
    const json: unknown = JSON.parse(await text(process.stdin))
    const value = readEvent(topic, json)
    const wire = newWire(settings.wire)
    await wire.prepareWrite([topic])
    const publisher = await openPublisher(settings.kafka, wire, `corrente:${appVersion}`)
    try {
      const { partition, offset } = await publisher.pass(topic, value)
      print(`${topic.name}@${partition}:${offset}`)
    } finally {
      await publisher.close()
    }
    return 0
  },
}
