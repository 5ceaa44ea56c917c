import type { TopicDifference } from '#apps/platform/topics'

/** What differs, by what `topics apply` would do about it. */
export function topicLines(differences: readonly TopicDifference[]): readonly string[] {
  const missing = differences.filter(({ isMissing }) => isMissing)
  const set = differences.filter(({ isMended, isMissing }) => isMended && !isMissing)
  const left = differences.filter(({ isMended }) => !isMended)
  return [
    ...section('apply would create', missing, ({ topic }) => topic),
    ...section('apply would set', set, lineOf),
    ...section(
      'apply never changes; under another count a key lies in another partition than its rows',
      left,
      lineOf,
    ),
  ]
}

const lineOf = ({ topic, difference }: TopicDifference) => `${topic}: ${difference}`

const section = (
  title: string,
  differences: readonly TopicDifference[],
  line: (one: TopicDifference) => string,
): readonly string[] =>
  differences.length === 0 ? [] : [`${title}:`, ...differences.map((one) => `  ${line(one)}`)]

const namedMax = 10

/** What units that are gone have left on the broker; undefined where nothing. */
export function leftBehindLine(units: readonly string[]): string | undefined {
  if (units.length === 0) return undefined
  const named = units.slice(0, namedMax).join(', ')
  const more = units.length > namedMax ? ` and ${units.length - namedMax} more` : ''
  return (
    `topics of units that are no part of this version are left, which apply never deletes: ${named}${more}; ` +
    'corrente dlq list shows whether letters wait there'
  )
}
