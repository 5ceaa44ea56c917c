import { ledgerEntries, ledgerPostings, statementLines } from '#apps/debit-projector/book-tables'
import { accounts, decisions } from '#apps/debit-projector/decision-tables'
import { migrations } from '#apps/debit-projector/migrations'
import { debitProjectorEdge } from '#apps/platform/edges'
import type { Listening } from '#apps/platform/http'
import { isEntry, runHttpProcess } from '#apps/platform/http-process'
import {
  type PostgresProjection,
  startProjection,
} from '#apps/platform/projection/start-projection'

/** Accounts, decisions, books and statements, as tables for whoever asks in SQL. */
export const debitProjection: PostgresProjection = {
  name: debitProjectorEdge.name,
  topics: debitProjectorEdge.inputs,
  schema: 'debits',
  tables: [decisions, accounts, ledgerEntries, ledgerPostings, statementLines],
  migrations,
  port: 8_007,
}

/** Starts the projector of debits from its environment. */
export const startDebitProjector = (
  env: Readonly<Record<string, string | undefined>>,
): Promise<Listening> => startProjection(debitProjection, env)

if (isEntry(import.meta.url)) await runHttpProcess(debitProjection.name, startDebitProjector)
