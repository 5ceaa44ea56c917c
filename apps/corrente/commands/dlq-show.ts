import { parseArgs } from 'node:util'
import { type Command, print, report, UsageError } from '#apps/corrente/command'
import { installed } from '#apps/corrente/installation'
import { askedLetters, assertHasLetters } from '#apps/corrente/letter-arguments'
import { withLog } from '#apps/platform/inspection/log-access'
import { type LetterView, readLetter } from '#apps/platform/inspection/read-letter'
import { platformSettings } from '#apps/platform/settings'
import { deadLetterTopic } from '#core/dead-letter'
import { placeOf } from '#core/redrive'

const told = ({ letter, decision, shown, tenant, refusal }: LetterView) => ({
  original: placeOf(letter.origin),
  tenant: tenant ?? null,
  error: letter.error,
  attempts: letter.attempts,
  redrives: letter.redrives,
  decision: decision ?? null,
  cannotBeRedriven: refusal ?? null,
  ...shown,
})

/** One dead letter, whole. */
export const dlqShow: Command = {
  name: 'dlq show',
  summary: 'one dead letter: where it comes from, why, its headers and its value',
  help: `corrente dlq show <place> [--show-personal] [--json] [--port-base <n>]

Shows the letter at a place that dlq list prints, such as payment-dispatcher.dlq@2:5. Personal values and the words
of the error are hidden unless --show-personal is said. One whose original was too large for a letter is shown with that
original, from where it stands. cannotBeRedriven says why dlq redrive would refuse it, if so. Exit code 1 where no letter is at the place.`,
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
    const { unit, partition, offset } = askedLetters(positionals, values).selection
    if (partition === undefined || offset === undefined) {
      throw new UsageError('say the place of one letter, such as payment-dispatcher.dlq@2:5')
    }
    const settings = platformSettings(await installed(values['port-base']))
    const place = { unit, partition, offset }
    const showing = { isPersonalShown: values['show-personal'] }
    const found = await withLog(settings, async (log) => {
      await assertHasLetters(log, unit)
      return readLetter(log, place, showing)
    })
    if (!found) {
      report(`no letter is at ${placeOf({ topic: deadLetterTopic(unit), partition, offset })}`)
      return 1
    }
    print(JSON.stringify(told(found), null, values.json ? 0 : 2))
    return 0
  },
}
