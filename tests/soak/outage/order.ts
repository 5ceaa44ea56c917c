/** A payment that waited for its party. */
export interface Waited {
  /** The public body: the engine knows the bodies of an intermediary as parties, each with its own credentials. */
  readonly body: string
  /** Its place among those of its body, by when it was asked for. */
  readonly asked: number
  /** Its place at the party, by when it was created there. */
  readonly created: number
  /** Whether it was tried in vain while it waited: it has a delay of its own then. */
  readonly wasTried: boolean
}

/** How the order of creation differs from the order asked in. */
export interface OrderFigures {
  /** Of one body: the most that were asked for later than a payment and created before it. */
  readonly overtakenMax: number
  /** Payments that were tried in vain while they waited; `overtakenMax` leaves them out. */
  readonly tried: number
}

/** Looks at each body by itself. */
export function orderOf(waited: readonly Waited[]): OrderFigures {
  const bodies = new Map<string, Waited[]>()
  for (const one of waited) {
    if (one.wasTried) continue
    const ofBody = bodies.get(one.body) ?? []
    bodies.set(one.body, ofBody)
    ofBody.push(one)
  }
  return {
    overtakenMax: Math.max(0, ...[...bodies.values()].map(overtakenMaxOf)),
    tried: waited.filter(({ wasTried }) => wasTried).length,
  }
}

function overtakenMaxOf(all: readonly Waited[]): number {
  const inOrder = [...all].sort((one, other) => one.asked - other.asked)
  const overtaken = inOrder.map(
    ({ created }, i) => inOrder.slice(i + 1).filter((later) => later.created < created).length,
  )
  return Math.max(...overtaken)
}

/** How far the rank of one is from its rank by creation, at most; both are counted over all. */
export function displacementMax(all: readonly Pick<Waited, 'asked' | 'created'>[]): number {
  const byAsked = [...all].sort((one, other) => one.asked - other.asked)
  const byCreated = [...all].sort((one, other) => one.created - other.created)
  const rank = new Map(byCreated.map((one, i) => [one, i]))
  return Math.max(0, ...byAsked.map((one, i) => Math.abs(rank.get(one)! - i)))
}
