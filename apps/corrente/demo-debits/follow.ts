import { setTimeout as sleep } from 'node:timers/promises'
import { isApproved } from '#apps/corrente/demo-debits/asked'
import type { Day } from '#apps/corrente/demo-debits/day'
import type { Answer } from '#apps/corrente/demo-debits/edge-client'
import type { CardUsed, Episode } from '#apps/corrente/demo-debits/episode'
import {
  type Asker,
  currency,
  decimalText,
  type Request,
  requestOf,
} from '#apps/corrente/demo-debits/requests'
import { settled } from '#apps/corrente/demo-debits/settled'
import { balanceMax, parseMinorUnits } from '#schemas/values/minor-units'

/** What an episode began with, and how that was answered. */
interface First {
  readonly request: Request
  readonly answer: Answer
}

/** What a card that cannot be used is refused by. */
const refusals: Readonly<Record<CardUsed, string | undefined>> = {
  own: undefined,
  blocked: '62',
  unknown: '14',
}

/** Asks for the steps of an episode, each once the one before is settled, and books what is answered. */
export async function follow(episode: Episode, place: number, day: Day): Promise<void> {
  const { steps, card, pauseMs } = episode
  const whose = whoseOf(episode, place, day)
  let first: First | undefined
  for (const [at, step] of steps.entries()) {
    if (at > 0) await sleep(pauseMs, undefined, { signal: day.signal })
    if (step.type === 'Repeat' || step.type === 'ReusedId') {
      if (!first) return
      await (step.type === 'Repeat' ? repeat(first, day) : reuse(first, step.amount, day))
      continue
    }
    if (first && !isApproved(first.answer.code)) continue
    const asker = { ...whose, first: first?.request.asked }
    const request = requestOf(step, { ...asker, id: `${day.run}.e${place}.s${at}` })
    const answer = await asked(request, day, refusals[card])
    if (answer === undefined) return
    if (answer.code === '68') {
      if (step.type === 'Post') await giveUp(asker, `${day.run}.e${place}.late`, day)
      return
    }
    first ??= { request, answer }
  }
}

function whoseOf({ account, card }: Episode, place: number, { holders, unknownCard }: Day) {
  if (card === 'unknown') return { account: '', cardNumber: unknownCard }
  const holder = holders[account]!
  if (card === 'own') {
    const { cards } = holder
    return { account: holder.account, cardNumber: cards[place % cards.length]! }
  }
  const withBlocked = holders.filter(({ blockedCard }) => blockedCard !== undefined)
  const { account: id, blockedCard } = withBlocked[account % withBlocked.length]!
  return { account: id, cardNumber: blockedCard! }
}

/** Releases what is still held after a post that came too late: whether it was taken meanwhile nobody told. */
async function giveUp(asker: Omit<Asker, 'id'>, id: string, day: Day): Promise<void> {
  await asked(requestOf({ type: 'Void' }, { ...asker, id }), day, undefined)
}

async function answered(sending: Request['sending'], day: Day): Promise<Answer | undefined> {
  const { client, deadlineMs, seconds, counts, mistakes, signal } = day
  counts.requests += 1
  const onAnswer = ({ code, ms }: Answer) => {
    counts.answers += 1
    seconds.answered(code, ms)
  }
  const answer = await settled(sending, { client, deadlineMs, signal, onAnswer })
  if (answer) counts.answered += 1
  else mistakes.push(`${sending.id}: there was no answer, however often it was asked`)
  return answer
}

async function asked(
  { asked, sending }: Request,
  day: Day,
  refusal: string | undefined,
): Promise<Answer | undefined> {
  const answer = await answered(sending, day)
  if (!answer) return undefined
  const { code } = answer
  if (isApproved(code)) day.counts.approved += 1
  if (refusal !== undefined && code !== refusal && code !== '68') {
    day.mistakes.push(`${asked.type} ${asked.id}: ${code} where it is ${refusal}`)
  }
  day.tally.take(asked, { code, amount: amountIn(answer.body) })
  return answer
}

/** The same again: the same answer, byte for byte, and it says that it is one. */
async function repeat({ request, answer: first }: First, day: Day): Promise<void> {
  const answer = await answered(request.sending, day)
  if (!answer) return
  const isSame = answer.status === first.status && answer.body === first.body && answer.isRepeated
  if (!isSame) return void day.mistakes.push(`${request.asked.id}: another answer when repeated`)
  day.counts.repeats += 1
  day.seconds.repeated()
}

/** The same id with another amount is refused. */
async function reuse({ request }: First, amount: number, day: Day): Promise<void> {
  const { asked, sending } = request
  const body = { ...sending.body, amount: decimalText(amount) }
  const answer = await answered({ ...sending, body }, day)
  if (answer && answer.code !== '30') {
    day.mistakes.push(`${asked.id}: ${answer.code} for another amount under its id`)
  }
}

/** What was done, minor units; 0 where the answer names no amount. */
function amountIn(body: string): number {
  const { amount } = JSON.parse(body) as { readonly amount?: string }
  return amount === undefined ? 0 : parseMinorUnits(amount, currency, balanceMax)
}
