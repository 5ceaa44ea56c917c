import type { Asked } from '#tests/soak/debits/asked'
import type { AccountBooks, Booked, Line } from '#tests/soak/debits/booked'
import { groupedBy } from '#tests/soak/debits/grouped'
import { finallyTold } from '#tests/soak/debits/told'

/** What an account is shown to have over HTTP, minor units. */
export interface Shown {
  readonly booked: number
  readonly held: number
  /** Its statement, the oldest line first. */
  readonly lines: readonly Omit<Line, 'origin'>[]
  /** How many entries it has in the books, and what they add to what is owed to its holder. */
  readonly entries: number
  readonly owed: number
}

const add = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0)

/** What is wrong with accounts, as sentences. */
export function accountWrongs(
  asked: readonly Asked[],
  booked: Booked,
  shown: ReadonlyMap<string, Shown>,
): string[] {
  const byAccount = groupedBy(asked, ({ account }) => account)
  return [...new Set([...byAccount.keys(), ...booked.accounts.keys()])].flatMap((account) => {
    const books = booked.of(account)
    const wrongs = [
      ...lineWrongs(books),
      ...toldWrongs(byAccount.get(account) ?? [], books),
      ...shownWrongs(books, shown.get(account)),
    ]
    return wrongs.map((wrong) => `account ${account}: ${wrong}`)
  })
}

const balanceOf = ({ lines }: AccountBooks) => lines.at(-1)?.balance ?? 0
const heldOf = ({ made }: AccountBooks) => made.at(-1)?.heldAfter ?? 0

/** Of its statement and its entries, by themselves. */
function lineWrongs({ lines, entries }: AccountBooks): string[] {
  const wrongs = lines.flatMap(({ sequence, amount, balance }, i) => [
    ...(sequence === i + 1 ? [] : [`line ${sequence} of the statement where ${i + 1} is next`]),
    ...(balance === (lines[i - 1]?.balance ?? 0) + amount
      ? []
      : [`line ${sequence} says ${balance}, which does not follow`]),
    ...(balance >= 0 ? [] : [`line ${sequence} is below zero: ${balance}`]),
  ])
  const owed = add(entries.map((entry) => entry.owed))
  const booked = add(lines.map((line) => line.amount))
  return [...wrongs, ...(owed === booked ? [] : [`owed ${owed}, booked ${booked}`])]
}

/** By the answers; what nobody was answered about is taken from the books, and judged by its request. */
function toldWrongs(asked: readonly Asked[], books: AccountBooks): string[] {
  const told = asked.flatMap((one) => {
    const last = finallyTold(one)
    return last.is === 'approved' ? [{ ...one, ...last }] : []
  })
  const known = new Set(told.map(({ id }) => id))
  const untold = <Item extends { readonly id: string }>(all: readonly Item[]) =>
    all.filter(({ id }) => !known.has(id))
  const booked = add([
    ...told.map(({ booking, amount }) => booking * amount),
    ...untold(books.lines).map(({ amount }) => amount),
  ])
  const held = add([...told, ...untold(books.made)].map((one) => one.held))
  return [
    ...(booked === balanceOf(books)
      ? []
      : [`by the answers ${booked}, by the topics ${balanceOf(books)}`]),
    ...(held === heldOf(books)
      ? []
      : [`held by the answers ${held}, by the topics ${heldOf(books)}`]),
  ]
}

/** Of what Postgres has of it. */
function shownWrongs(books: AccountBooks, shown: Shown | undefined): string[] {
  if (!shown) return ['not shown']
  const { lines, entries } = books
  const wrong = lines.find((line, i) => lineText(line) !== lineText(shown.lines[i]))
  const owed = add(entries.map((entry) => entry.owed))
  const pairs: readonly (readonly [string, number, number])[] = [
    ['booked', shown.booked, balanceOf(books)],
    ['held', shown.held, heldOf(books)],
    ['lines', shown.lines.length, lines.length],
    ['entries', shown.entries, entries.length],
    ['owed', shown.owed, owed],
  ]
  return [
    ...pairs.flatMap(([what, is, wanted]) =>
      is === wanted ? [] : [`${what} ${is} in Postgres, ${wanted} by the topics`],
    ),
    ...(wrong ? [`line ${wrong.sequence} is another one in Postgres`] : []),
  ]
}

const lineText = (line: Omit<Line, 'origin'> | undefined) =>
  line && [line.sequence, line.id, line.amount, line.balance].join(' ')

/** Where entries do not add up to zero: each by itself, and all of a currency. */
export function ledgerWrongs(booked: Booked): string[] {
  const entries = [...booked.accounts.values()].flatMap((books) => books.entries)
  const wrongs = entries
    .filter(({ debit, credit }) => debit !== credit)
    .map(({ id, debit, credit }) => `entry of ${id}: ${debit} debited, ${credit} credited`)
  const sums = [...groupedBy(entries, ({ currency }) => currency)].flatMap(([currency, all]) => {
    const sum = add(all.map(({ debit, credit }) => debit - credit))
    return sum === 0 ? [] : [`entries in ${currency} add up to ${sum}`]
  })
  return [...wrongs, ...sums]
}
