import { wholeNumber } from '#apps/corrente/arguments'
import { UsageError } from '#apps/corrente/command'
import { showDebits } from '#apps/corrente/demo-debits/show-debits'
import { demoIntermediaryOf, intermediaryNames } from '#apps/corrente/demo-intermediaries'
import { type Environment, ownKafkaSetting } from '#apps/corrente/installation'
import { showExport } from '#apps/corrente/demo-export/show-export'
import { showPayment } from '#apps/corrente/show-payment'

/** An installation that runs, to show something on. */
export interface Stage {
  /** Says where its services are. */
  readonly platform: Environment
  readonly portBase: number
  /** The process that runs an app now; undefined where another start runs it. */
  readonly pidOf: (app: string) => number | undefined
  /** Aborted by Ctrl-C and SIGTERM. */
  readonly signal: AbortSignal
}

/** What was shown. */
export interface Shown {
  /** Exit code: 0 where all went as it should. */
  readonly code: number
  /** Lets go of what it goes on to look at. */
  close(): Promise<void>
}

/** What a start shows once everything is ready. Rejects where it does not go on, and at an abort. */
export type Demonstration = (stage: Stage) => Promise<Shown>

/** What can be shown, in the words of the command's help. */
export const demonstrationHelp = `  --demo payment   (default) one application of a fictional citizen, and its story as it happens
    --pay          pay by itself, as a browser would, and follow the story to the Core
    --intermediary <name>
                   whose sandbox is paid at: ${intermediaryNames}; default examplepay
  --demo debits    a day of mixed traffic at the edge of debits, a line a second, and the proof of its balances;
                   kill the authoriser meanwhile, as it tells you how: it goes on
    --day-seconds <n>
                   how long the 24 hours take; default 60
    --per-second <n>
                   requests a second on average; default 100
    --accounts <n> how many accounts, at least 10; default 200
    --seed <n>     customers come and do as on the day that had this seed
  --demo export    receipts of fictional people as one archive, twice, and the proof that it is the same; kill what makes
                   it meanwhile: it goes on
    --receipts <n> how many; default 10,000
    --seed <n>     the movements that had this seed; default 1`

/** Options of the demonstrations, as `parseArgs` takes them. */
export const demonstrationOptions = {
  demo: { type: 'string', default: 'payment' },
  pay: { type: 'boolean' },
  intermediary: { type: 'string' },
  'day-seconds': { type: 'string' },
  'per-second': { type: 'string' },
  accounts: { type: 'string' },
  seed: { type: 'string' },
  receipts: { type: 'string' },
} as const

type Given = Readonly<
  { demo: string } & Partial<
    Record<keyof typeof demonstrationOptions, string | boolean | undefined>
  >
>

/** Each demonstration, and the options it has. */
const demonstrations = {
  payment: { options: ['pay', 'intermediary'], of: paymentOf },
  debits: { options: ['day-seconds', 'per-second', 'accounts', 'seed'], of: debitsOf },
  export: { options: ['receipts', 'seed'], of: exportOf },
} as const

/** The demonstration that is asked for. UsageError where there is no such one, or an option is another's. */
export function demonstrationOf(given: Given): Demonstration {
  const found = Object.entries(demonstrations).find(([name]) => name === given.demo)?.[1]
  if (!found) {
    const names = Object.keys(demonstrations).join(', ')
    throw new UsageError(`--demo ${given.demo}: there is no such demonstration; there are ${names}`)
  }
  const own: readonly string[] = ['demo', ...found.options]
  const foreign = Object.entries(given).find(
    ([name, value]) => value !== undefined && !own.includes(name),
  )
  if (foreign) throw new UsageError(`--${foreign[0]} is no option of --demo ${given.demo}`)
  return found.of(given)
}

function paymentOf({ pay, intermediary }: Given): Demonstration {
  const { service_id } = demoIntermediaryOf(intermediary as string | undefined)
  return (stage) => showPayment(stage, { service_id, isPaid: pay === true })
}

function debitsOf(given: Given): Demonstration {
  if (ownKafkaSetting() !== undefined && !process.env['DATABASE_URL']) {
    throw new UsageError('--demo debits looks at what is projected into Postgres: set DATABASE_URL')
  }
  const number = numberIn(given)
  const day = {
    seconds: number('day-seconds', 60, 5),
    perSecond: number('per-second', 100, 1),
    accounts: number('accounts', 200, 10),
    seed: number('seed', Math.floor(Math.random() * 1_000_000), 0),
  }
  return (stage) => showDebits(stage, day)
}

function exportOf(given: Given): Demonstration {
  const number = numberIn(given)
  const options = { receipts: number('receipts', 10_000, 1), seed: number('seed', 1, 0) }
  return (stage) => showExport(stage, options)
}

const numberIn = (given: Given) => (name: keyof Given, usual: number, min: number) => {
  const text = given[name] as string | undefined
  return text === undefined ? usual : wholeNumber(`--${name}`, text, min)
}
