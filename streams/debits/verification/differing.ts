type Members = Readonly<Record<string, unknown>>

/** Members whose values may be told: amounts, and words of ours. */
const told: ReadonlySet<string> = new Set([
  'account_id',
  'amount',
  'asked',
  'balance',
  'code',
  'credits',
  'currency',
  'debits',
  'held',
  'held_after',
  'held_before',
  'hold_left',
  'is_open',
  'is_repeat',
  'left',
  'nature',
  'origin_offset',
  'origin_partition',
  'posted',
  'posted_after',
  'posted_before',
  'reason',
  'reversed',
  'sequence',
  'status',
  'type',
])

const isMembers = (value: unknown): value is Members => typeof value === 'object' && value !== null

/**
 * The members in which a value is not what it should be, by name; what else it has does not matter. Amounts are told,
 * what may be about a person is not.
 */
export function differing(wanted: object, found: object, path = ''): readonly string[] {
  const differences: string[] = []
  for (const name in wanted) {
    const [one, other] = [(wanted as Members)[name], (found as Members)[name]]
    if (isMembers(one) && isMembers(other)) {
      const isLonger = Array.isArray(one) && Object.keys(one).length !== Object.keys(other).length
      differences.push(
        ...(isLonger ? [`${path}${name}`] : differing(one, other, `${path}${name}.`)),
      )
    } else if ((one ?? null) !== (other ?? null)) {
      differences.push(
        `${path}${name}${told.has(name) ? ` ${textOf(other)} for ${textOf(one)}` : ''}`,
      )
    }
  }
  return differences
}

const textOf = (value: unknown): string => {
  if (value === null || value === undefined) return 'none'
  return isMembers(value) ? 'some' : `${value as string | number | boolean}`
}
