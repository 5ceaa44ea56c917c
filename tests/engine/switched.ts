import { appendFile, readFile, writeFile } from 'node:fs/promises'
import { TransientError } from '#core/errors'
import { defineTask, to } from '#core/processor'
import { topicsOf } from '#tests/engine/counter'
import { unstamped } from '#tests/engine/waker'

/** How an outside party is: it refuses for now, does not answer at all, or answers. */
export type PartyState = 'away' | 'hanging' | 'there'

/** A party of a process of its own, by files that a test writes and reads. */
export const partyIn = (directory: string) => ({
  become: (state: PartyState) => writeFile(`${directory}/state`, state),
  /** Calls it was asked for, in order. */
  calls: async () => (await readFile(`${directory}/calls`, 'utf8')).trim().split('\n'),
})

/** Passes events on by a call to that party; what did not pass waits for ten minutes. */
export const switchedOf = (suffix: string, partitions: number, directory: string) => {
  const { input, output } = topicsOf(suffix, partitions)
  return defineTask({
    name: `switched-${suffix}`,
    input,
    outputs: [output],
    orderBy: ({ payment_id }) => payment_id,
    concurrency: 10,
    timeoutMs: 60_000,
    retry: { delayMsFirst: 600_000, delayMsMax: 600_000 },
    async run(value) {
      await appendFile(`${directory}/calls`, `${value.payment_id} ${value.message}\n`)
      const state = (await readFile(`${directory}/state`, 'utf8')) as PartyState
      if (state === 'away') throw new TransientError('the party is away')
      if (state === 'hanging') await new Promise(() => undefined)
      return [to(output, { ...unstamped(value), kind: value.message })]
    },
  })
}
