import type { Day } from '#apps/corrente/demo-debits/day'
import type { Difference } from '#apps/corrente/demo-debits/proof'
import { currency, decimalText } from '#apps/corrente/demo-debits/requests'
import { lastingDifferences } from '#apps/corrente/demo-debits/shown-accounts'

const toldMax = 20

/**
 * Tells what the day came to, and holds the caller's books against what the edge shows of each account. Resolves with
 * whether they agree and every answer was one that can be. What is shown may be so far behind, milliseconds.
 */
export async function proveDay(
  day: Day,
  print: (line: string) => void,
  behindMsMax = 30_000,
): Promise<boolean> {
  const { counts, tally, client, signal } = day
  const { requests, answered, answers, approved, repeats } = counts
  print('')
  print(
    `${requests} requests, ${answered} answered (${answers} answers in all), ${approved} approved; ` +
      `${repeats} repeats were the same, byte for byte`,
  )
  const { opened, taken, givenBack, credited, booked, held } = tally.sums()
  print(
    `${currency} ${decimalText(opened)} in the morning, ${decimalText(taken)} taken, ` +
      `${decimalText(givenBack)} given back, ${decimalText(credited)} credited: ` +
      `${decimalText(booked)} in the evening, ${decimalText(held)} of it held`,
  )
  const different = await lastingDifferences(tally.accounts, { client, signal, behindMsMax })
  const found = [...different.values()]
  const countOf = (name: keyof Difference) => found.reduce((sum, one) => sum + one[name].length, 0)
  print(
    `${tally.accounts.size} accounts by the answers, against what the edge shows: ` +
      `${tally.accounts.size - different.size} agree; lost ${countOf('lost')}, double ${countOf('double')}`,
  )
  const sentences = [...day.mistakes, ...tally.mistakes, ...[...different].flatMap(sentencesOf)]
  sentences.slice(0, toldMax).forEach((sentence) => print(`  ${sentence}`))
  if (sentences.length > toldMax) print(`  and ${sentences.length - toldMax} more`)
  return sentences.length === 0
}

function sentencesOf([account, { lost, double, other }]: readonly [string, Difference]) {
  return [
    ...lost.map((id) => `account ${account}: ${id} is lost`),
    ...double.map((id) => `account ${account}: ${id} is there twice`),
    ...other.map((what) => `account ${account}: ${what}`),
  ]
}
