import { Counter, Gauge } from 'prom-client'
import type { Metrics } from '#core/metrics'

/** The stand-in's numbers for Prometheus. */
export function newNumbers({ registry }: Pick<Metrics, 'registry'>, loading: () => number) {
  const registers = [registry]
  return {
    queries: new Counter({
      name: 'corrente_ksql_queries_total',
      help: 'Pull queries, by what became of them: done, refused, failed, gone (the client)',
      labelNames: ['outcome'],
      registers,
    }),
    skipped: new Counter({
      name: 'corrente_ksql_records_skipped_total',
      help: 'Records that could not become rows and were passed over',
      labelNames: ['table'],
      registers,
    }),
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
