import type { Random } from '#tests/soak/engine/random'

/** A batch of movements that lies where the source `csv` looks for it. */
export interface Batch {
  readonly tenant: string
  readonly name: string
  readonly receipts: number
  /** Batches of the same size and seed have the same bytes. */
  readonly seed: number
}

export const tenants = ['tenant-a', 'tenant-b', 'tenant-c'] as const
export const languages = ['es-CO', 'pt-BR', 'en'] as const

/** Many are small, some have more than one chunk, few are long. */
const sizes = [0, 1, 2, 10, 50, 199, 200, 201, 400, 1_000, 2_000, 5_000] as const
const longest = 1_000

/** The batches of all tenants: every size twice of each, with the same movements under both names. */
export const batches: readonly Batch[] = tenants.flatMap((tenant) =>
  sizes.flatMap((receipts, seed) =>
    ['first', 'second'].map((name) => ({ tenant, name: `${name}-${receipts}`, receipts, seed })),
  ),
)

/** What a client asks for, and what it does besides. */
export interface Wish {
  readonly batch: Batch
  readonly language: (typeof languages)[number]
  readonly lifetimeMinutes: number
  /** The key is sent again at once, beside the first. */
  readonly isAskedTwice: boolean
  /** It is given up after so long, milliseconds. */
  readonly givenUpAfterMs: number | undefined
}

/** Some ask for what was asked before, so that they share what is made of it. */
export function drawWish(random: Random, before: readonly Wish[]): Wish {
  const isShared = before.length > 0 && random.next() < 0.2
  const same = isShared
    ? before[random.whole(Math.max(0, before.length - 10), before.length - 1)]!
    : undefined
  return {
    batch: same?.batch ?? drawBatch(random),
    language: same?.language ?? languages[random.whole(0, languages.length - 1)]!,
    lifetimeMinutes: random.whole(1, 2),
    isAskedTwice: random.next() < 0.2,
    givenUpAfterMs: random.next() < 0.15 ? random.whole(0, 8_000) : undefined,
  }
}

function drawBatch(random: Random): Batch {
  const one = batches[random.whole(0, batches.length - 1)]!
  // Of the long ones every third is: they are to be met, and others beside them.
  if (one.receipts <= longest || random.next() < 0.34) return one
  return drawBatch(random)
}

/** The same for requests whose archives are to have the same bytes. */
export const contentOf = ({ batch, language }: Pick<Wish, 'batch' | 'language'>): string =>
  `${batch.receipts} movements of seed ${batch.seed} in ${language}`
