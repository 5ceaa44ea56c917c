import { connect, disconnect, type KafkaSettings, newProducer, type Producer } from '#core/kafka'

/** A producer that is replaced when it stops answering. */
export interface RenewedProducer {
  current(): Producer
  /** Opens another one in the background to take the place of this one, unless that has been done. */
  renew(stuck: Producer): void
  close(): Promise<void>
}

/**
 * After a long silence of the broker an idempotent producer may never write again, and nothing it reports
 * says so: whoever misses its acknowledgements asks for another one.
 */
export async function openRenewedProducer(
  kafka: KafkaSettings,
  onReport: (error: unknown, report: unknown) => void,
): Promise<RenewedProducer> {
  const open = async (): Promise<Producer> => {
    const opened = newProducer(kafka)
    await connect(opened, kafka)
    opened.setPollInterval(5)
    opened.on('delivery-report', onReport)
    return opened
  }
  let producer = await open()
  let renewing: Promise<void> | undefined
  return {
    current: () => producer,
    renew(stuck) {
      // Every record that waited on it comes here late: only the first may replace it, none its successor.
      if (stuck !== producer) return
      renewing ??= open()
        .then((fresh) => {
          const old = producer
          producer = fresh
          void disconnect(old)
        })
        .catch(() => undefined)
        .finally(() => (renewing = undefined))
    },
    async close() {
      await renewing
      await disconnect(producer)
    },
  }
}
