import { Counter, Gauge } from 'prom-client'
import { LabelValues } from '#core/label-values'
import type { Metrics } from '#core/metrics'

/** Tables with numbers of their own: analysts create and drop them under any name. */
const tablesMax = 50

/** The stand-in's numbers for Prometheus. */
export function newNumbers({ registry }: Pick<Metrics, 'registry'>, loading: () => number) {
  const registers = [registry]
  const tables = new LabelValues({ countMax: tablesMax })
  const skipped = new Counter({
    name: 'corrente_ksql_records_skipped_total',
    help: 'Records that could not become rows and were passed over',
    labelNames: ['table'],
    registers,
  })
  return {
    queries: new Counter({
      name: 'corrente_ksql_queries_total',
      help: 'Pull queries, by what became of them: done, refused, failed, gone (the client)',
      labelNames: ['outcome'],
      registers,
    }),
    onSkipped: ({ name }: { readonly name: string }) => skipped.inc({ table: tables.of(name) }),
    loading: new Gauge({
      name: 'corrente_ksql_tables_loading',
      help: 'Tables whose topics are not read whole yet: queries of them are refused',
      registers,
      collect() {
        this.set(loading())
      },
    }),
  }
}
