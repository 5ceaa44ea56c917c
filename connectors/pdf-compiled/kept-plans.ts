import type { Plan } from '#connectors/pdf-compiled/plan'

/** Objects of the plans that are kept, some hundred bytes each: of receipts nearly all have one of a few shapes. */
const objectsKept = 60_000

/** Plans by shape, made where they are not kept any more: those used longest ago go first. */
export function keptPlans(
  make: (shape: readonly number[]) => Plan,
  objectsMax = objectsKept,
): (shape: readonly number[]) => Plan {
  const plans = new Map<string, Plan>()
  let objects = 0
  return (shape) => {
    const key = shape.join(' ')
    const known = plans.get(key)
    const plan = known ?? make(shape)
    if (!known) objects += plan.last
    // The one used longest ago is the first.
    plans.delete(key)
    plans.set(key, plan)
    for (const [oldest, { last }] of plans) {
      if (objects <= objectsMax || oldest === key) break
      plans.delete(oldest)
      objects -= last
    }
    return plan
  }
}
