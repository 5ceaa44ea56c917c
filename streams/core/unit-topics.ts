import { deadLetterTopic } from '#core/dead-letter'
import type { Unit } from '#core/processor'
import { parkedTopic, redriveTopic, timersTopic } from '#schemas/engine/unit-topics'
import type { AnyTopic } from '#schemas/topic'

/** The engine's own topics of a unit, beside those it declares; their schemas are registered like all others. */
export const engineTopicsOf = ({ name, kind, timers }: Unit): readonly AnyTopic[] => [
  ...(kind === 'task' ? [parkedTopic(name)] : []),
  ...(timers ? [timersTopic(name)] : []),
]

/** The changelogs a unit's state is made of. */
export const changelogsOf = (unit: Unit): readonly AnyTopic[] => [
  ...(unit.state ? [unit.state] : []),
  ...engineTopicsOf(unit),
]

/** Every topic a unit writes values to. */
export const writtenTopicsOf = (unit: Unit): readonly AnyTopic[] => [
  ...unit.outputs,
  ...changelogsOf(unit),
  // What a timer asks for is a record of the input.
  ...(unit.timers ? [unit.input] : []),
]

/** What a unit reads: its input, and the dead letters that were sent back to it. */
export const inputTopicsOf = ({ name, input }: Unit): readonly string[] => [
  input.name,
  redriveTopic(name),
]

/** Every topic that must be there before a unit starts. */
export const neededTopicsOf = (unit: Unit): readonly string[] => [
  unit.input.name,
  ...writtenTopicsOf(unit).map(({ name }) => name),
  deadLetterTopic(unit.name),
  redriveTopic(unit.name),
]
