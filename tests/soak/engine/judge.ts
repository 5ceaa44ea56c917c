import { existsSync } from 'node:fs'
import { withAdmin } from '#apps/platform/admin'
import { AnswersCheck } from '#tests/soak/engine/check-answers'
import { EffectsCheck, eachLine } from '#tests/soak/engine/check-effects'
import { slowOf } from '#tests/soak/engine/effects'
import { OutputsCheck } from '#tests/soak/engine/check-outputs'
import { RowsCheck } from '#tests/soak/engine/check-rows'
import type { Flow } from '#tests/soak/engine/flow'
import { readTopic } from '#tests/soak/engine/read-topic'
import type { Found, Outcome } from '#tests/soak/engine/scenario'
import type { SoakStack } from '#tests/soak/engine/soak-stack'
import { nameOf, topicsOf, type UnitSpec } from '#tests/soak/engine/soak-units'
import type { Workers } from '#tests/soak/engine/workers'

interface Judging {
  readonly flow: Flow
  readonly workers: Workers
  /** Dead letters there must be, over all units. */
  readonly deadLetters?: number
}

/** Reads all that a flow left, through nothing of the engine, and judges it. */
export async function judge(
  stack: SoakStack,
  { flow, workers, deadLetters = 0 }: Judging,
): Promise<Pick<Outcome, 'counts' | 'found'>> {
  const counts: Record<string, number> = {}
  const found: Found[] = []
  const answers = new Map<string, AnswersCheck>()
  for (const unit of flow.units) {
    const outputs = await judgeOutputs(stack, flow, unit)
    counts[`${unit.kind}: inputs`] = flow.sent(unit)
    counts[`${unit.kind}: outputs`] = outputs.distinct
    if (outputs.doubledByBroker > 0) {
      counts[`${unit.kind}: events the broker acknowledged, forgot and let be seen twice`] =
        outputs.doubledByBroker
    }
    counts[`${unit.kind}: changes of the process that writes a partition`] = outputs.ownerChanges
    found.push(...outputs.found(unit.kind))
    answers.set(nameOf(unit), new AnswersCheck(flow.sent(unit), outputs))
    if (unit.kind === 'stateful') found.push(await judgeRows(stack, flow, unit))
    if (unit.kind === 'task') {
      const effects = await judgeEffects(workers.effects.log, flow, unit)
      found.push(...effects.found(unit.kind))
      for (const [word, count] of Object.entries(effects.counts)) counts[`effects ${word}`] = count
      counts['effects so long that others of their partition pass'] = slowOf(
        workers.effects,
        flow.sent(unit),
      )
    }
  }
  if (existsSync(workers.answers)) {
    await eachLine(workers.answers, (line) => {
      const [name, sequence, version] = line.split(' ') as [string, string, string]
      // A timer's record is handled twice: when it is set, and when it is due.
      // What could not be read has no number.
      if (!name.startsWith('soak-timers') && sequence !== 'NaN')
        answers.get(name)?.add(Number(sequence), version)
    })
  }
  for (const unit of flow.units) {
    if (unit.kind !== 'timers') found.push(answers.get(nameOf(unit))!.found(unit.kind))
  }
  const dead = await deadLettersOf(stack, flow.units, deadLetters)
  const violations = dead === deadLetters ? [] : [`${dead} dead letters, not ${deadLetters}`]
  found.push({ promise: 'nothing is set aside that need not be', violations })
  return { counts, found }
}

async function judgeOutputs(stack: SoakStack, { keys, sent }: Flow, unit: UnitSpec) {
  const isOrdered = unit.kind !== 'timers'
  const { name } = topicsOf(unit).output
  const isUndecided = stack.undecidedIn(name)
  const check = new OutputsCheck({
    kind: unit.kind,
    sent: sent(unit),
    keys,
    isOrdered,
    isUndecided,
  })
  await readTopic(stack, name, {
    count: sent(unit),
    onRecord: (record) => check.add(record),
  })
  return check
}

async function judgeRows(stack: SoakStack, flow: Flow, unit: UnitSpec): Promise<Found> {
  const check = new RowsCheck()
  const { keys } = flow
  const sent = flow.sent(unit)
  // Compaction may have thinned it: the last row of each key is there all the same.
  await readTopic(stack, topicsOf(unit).rows.name, {
    count: sent,
    onRecord: (record) => check.add(record),
  })
  return check.found(unit.kind, { sent, keys })
}

async function judgeEffects(log: string, { keys, sent }: Flow, unit: UnitSpec) {
  const check = new EffectsCheck({ sent: sent(unit), keys })
  await eachLine(log, (line) => check.add(line))
  return check
}

async function deadLettersOf(
  stack: SoakStack,
  units: readonly UnitSpec[],
  count: number,
): Promise<number> {
  const topics = units.map((unit) => `${nameOf(unit)}.dlq`)
  const isEmpty = await withAdmin(stack.kafka, async (admin) => {
    const ends = await Promise.all(topics.map((topic) => admin.fetchTopicOffsets(topic)))
    return ends.flat().every(({ high }) => high === '0')
  })
  if (isEmpty) return 0
  let sum = 0
  for (const topic of topics) {
    const isDecoded = false
    sum += await readTopic(stack, topic, { count, isDecoded, onRecord: () => undefined })
  }
  return sum
}
