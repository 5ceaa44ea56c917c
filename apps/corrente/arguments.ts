import { UsageError } from '#apps/corrente/command'
import { declaredUnits } from '#apps/platform/declared-units'
import type { Unit } from '#core/processor'

/** The unit of that name; UsageError naming those there are. */
export function unitNamed(name: string): Unit {
  const unit = declaredUnits.find((one) => one.name === name)
  if (unit) return unit
  throw new UsageError(
    `${name} is not a unit; the units are ${declaredUnits.map((one) => one.name).join(', ')}`,
  )
}

/** A whole number as it is typed; UsageError naming the option where it is none, or below `min`. */
export function wholeNumber(option: string, text: string, min = 0): number {
  const number = Number(text)
  if (/^\d+$/.test(text) && Number.isSafeInteger(number) && number >= min) return number
  throw new UsageError(`${option} ${text}: say a whole number from ${min} on`)
}
