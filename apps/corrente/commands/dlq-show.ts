import { parseArgs } from 'node:util'
import { type Command, print, report, UsageError } from '#apps/corrente/command'
import { installed } from '#apps/corrente/installation'
import { letterSelection } from '#apps/corrente/letter-selection'
import { readDecisions } from '#apps/platform/inspection/dead-letters'
import { describedTopic } from '#apps/platform/inspection/described-topic'
import { type LogAccess, withLog } from '#apps/platform/inspection/log-access'
import { shownRecord } from '#apps/platform/inspection/shown-record'
import { platformSettings } from '#apps/platform/settings'
import { deadLetterTopic } from '#core/dead-letter'
import { recordsBetween } from '#core/records-between'
import { deadLetterOf, placeOf, redriveRefusal } from '#core/redrive'

interface Place {
  readonly unit: string
  readonly partition: number
  readonly offset: number
}

async function recordAt({ kafka }: LogAccess, { unit, partition, offset }: Place) {
  const at = { topic: deadLetterTopic(unit), partition }
  const from = [{ ...at, offset }]
  const ends = [{ ...at, offset: offset + 1 }]
  for await (const [record] of recordsBetween(kafka, { from, ends })) return record
  return undefined
}

async function shown(log: LogAccess, place: Place, isPersonalShown: boolean) {
  const record = await recordAt(log, place)
  if (!record) return undefined
  await log.wire.prepareRead([record.value])
  const letter = deadLetterOf(place.unit, record)
  const decision = (await readDecisions(log)).of(letter)
  const topic = describedTopic(record.topic)
  return {
    original: placeOf(letter.origin),
    error: letter.error,
    attempts: letter.attempts,
    redrives: letter.redrives,
    decision: decision ?? null,
    cannotBeRedriven: redriveRefusal(letter, decision, false) ?? null,
    ...shownRecord(record, { wire: log.wire, topic, isPersonalShown }),
  }
}

/** One dead letter, whole. */
export const dlqShow: Command = {
  name: 'dlq show',
  summary: 'one dead letter: where it comes from, why, its headers and its value',
  help: `corrente dlq show <place> [--show-personal] [--json] [--port-base <n>]

Shows the letter at a place that dlq list prints, such as payment-dispatcher.dlq@2:5. Personal values and the words
of the error are hidden unless --show-personal is said. Exit code 1 where no letter is at the place.`,
  async run(args) {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        partition: { type: 'string' },
        offset: { type: 'string' },
        'show-personal': { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        'port-base': { type: 'string' },
      },
    })
    const { unit, partition, offset } = letterSelection(positionals, values)
    if (partition === undefined || offset === undefined) {
      throw new UsageError('say the place of one letter, such as payment-dispatcher.dlq@2:5')
    }
    const settings = platformSettings(await installed(values['port-base']))
    const place = { unit, partition, offset }
    const letter = await withLog(settings, (log) => shown(log, place, values['show-personal']))
    if (!letter) {
      report(`no letter is at ${placeOf({ topic: deadLetterTopic(unit), partition, offset })}`)
      return 1
    }
    print(JSON.stringify(letter, null, values.json ? 0 : 2))
    return 0
  },
}
