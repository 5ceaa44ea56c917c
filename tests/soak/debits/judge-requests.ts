import { type Asked, isUndoable } from '#tests/soak/debits/asked'
import type { AccountBooks, Booked, Entry, Line, Made } from '#tests/soak/debits/booked'
import { groupedBy } from '#tests/soak/debits/grouped'
import { finallyTold, isDecided, type Told, toldOf } from '#tests/soak/debits/told'

/** What the topics say of one request. */
interface Traces {
  readonly lines: readonly Line[]
  readonly entries: readonly Entry[]
  /** Decisions on it that changed something. */
  readonly effects: readonly Made[]
  /** What the edge gave back of it, or the end of its time released. */
  readonly undone: readonly Made[]
}

const add = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0)
const isEffect = ({ booked, held }: Made) => booked !== 0 || held !== 0
const isLate = ({ id }: Made) => id.startsWith('late/')

/** What is wrong with what became of requests, as sentences. */
export function requestWrongs(asked: readonly Asked[], booked: Booked): string[] {
  const traces = new Map<string, (id: string) => Traces>()
  return asked.flatMap((one) => {
    const of = traces.get(one.account) ?? tracesOf(booked.of(one.account))
    traces.set(one.account, of)
    const wrongs = [...answerWrongs(one), ...traceWrongs(one, of(one.id))]
    return wrongs.map((wrong) => `${one.kind} ${one.id} of ${one.account}: ${wrong}`)
  })
}

/** Of an account, by the id of a request. */
function tracesOf({ lines, entries, made }: AccountBooks): (id: string) => Traces {
  const effects = made.filter(isEffect)
  const [linesBy, entriesBy, effectsBy] = [byId(lines), byId(entries), byId(effects)]
  const undoing = effects.flatMap((one) => {
    const id = isLate(one) ? one.originalId : one.type === 'HoldDue' ? one.holdId : null
    return id === null ? [] : [{ id, one }]
  })
  const undoneBy = byId(undoing)
  return (id) => ({
    lines: linesBy.get(id) ?? [],
    entries: entriesBy.get(id) ?? [],
    effects: effectsBy.get(id) ?? [],
    undone: (undoneBy.get(id) ?? []).map(({ one }) => one),
  })
}

const byId = <Item extends { readonly id: string }>(all: readonly Item[]) =>
  groupedBy(all, ({ id }) => id)

/** Of its answers alone. */
function answerWrongs(asked: Asked): string[] {
  const { tries, others } = asked
  const told = tries.map((one) => toldOf(asked, one))
  const decided = tries.filter((_, i) => isDecided(told[i]!))
  const kinds = new Set(decided.map(({ status, text }) => `${status} ${text}`))
  const odd = tries.filter((_, i) => isOdd(told[i]!))
  const wrong = others.filter((one) => !isReuseAnswer(toldOf(asked, one)))
  const isForestalled = asked.isForestalled && told.some(({ is }) => is === 'approved')
  return [
    ...(kinds.size > 1 ? [`answered in ${kinds.size} ways: ${[...kinds].join(' | ')}`] : []),
    ...odd.map(({ status, text }) => `answered ${status} ${text}`),
    ...wrong.map(({ status, text }) => `another content under its id: ${status} ${text}`),
    ...(isForestalled ? ['approved, though it had been undone before it came'] : []),
  ]
}

// To one content, its own id is never refused.
const isOdd = (told: Told) => told.is === 'odd' || (told.is === 'declined' && told.code === '30')

const isReuseAnswer = (told: Told) =>
  told.is === 'declined' ? told.code === '30' : told.is === 'undecided' || told.is === 'unanswered'

/** Of its answers against the books. */
function traceWrongs(asked: Asked, traces: Traces): string[] {
  const { lines, entries, effects } = traces
  const places = (all: readonly { readonly origin: string }[]) =>
    all.map(({ origin }) => origin).join(', ')
  const told = finallyTold(asked)
  return [
    ...(lines.length > 1 ? [`${lines.length} lines on the statement`] : []),
    ...(effects.length > 1 ? [`took effect ${effects.length} times`] : []),
    ...(places(lines) === places(entries)
      ? []
      : [`lines at ${places(lines)}, entries at ${places(entries)}`]),
    ...(told.is === 'approved' ? approvedWrongs(asked, told, traces) : []),
    ...(told.is === 'declined' && (lines.length > 0 || effects.length > 0)
      ? ['declined, and took effect']
      : []),
    ...(isDecided(told) || !isUndoable(asked) ? [] : leftWrongs(asked, traces)),
  ]
}

function approvedWrongs(
  { booking }: Asked,
  { amount, held }: Extract<Told, { is: 'approved' }>,
  { lines, effects, undone }: Traces,
): string[] {
  const wanted = booking * amount
  const booked = add(lines.map((line) => line.amount))
  const kept = add(effects.map((effect) => effect.held))
  const back = undone.filter(isLate)
  return [
    ...(booked === wanted ? [] : [`approved for ${wanted}, booked ${booked}`]),
    ...(kept === held ? [] : [`approved to hold ${held}, held ${kept}`]),
    ...(back.length === 0 ? [] : ['approved, and given back as too late']),
  ]
}

// What an increment or a post did to a hold may have ended with the hold before it was given back.
function leftWrongs({ kind }: Asked, { lines, effects, undone }: Traces): string[] {
  const booked = add([...lines.map(({ amount }) => amount), ...undone.map((one) => one.booked)])
  const held = add([...effects, ...undone].map((one) => one.held))
  return [
    ...(booked === 0 ? [] : [`nobody was told that it was taken, and ${booked} stands`]),
    ...(held === 0 || kind !== 'Authorise'
      ? []
      : [`nobody was told that it is held, and ${held} is`]),
  ]
}
