import { availableParallelism, totalmem } from 'node:os'
import { workerNodeOptions } from '#apps/platform/worker-node-options'
import { heartbeatMs, sessionMs } from '#core/kafka'
import { nativeBatches } from '#core/native/load'
import { transactionMs } from '#core/transactions'
import type { EngineArguments } from '#tests/bench/engine/arguments'
import { partitions } from '#tests/bench/engine/bench-units'
import { threadPoolSize } from '#tests/bench/engine/engine-side'
import { batchRecordsMax } from '#tests/bench/engine/loop-spec'
import { logLevel } from '#tests/bench/engine/sides'
import { commitMs, jvmOptions, streamsSettings } from '#tests/bench/engine/streams-rival'

/** The one configuration of all rows, as it is printed. */
export const benchConfig = ({ runs, records, profile }: EngineArguments) => ({
  runs,
  records,
  partitions,
  isProfiled: profile !== undefined,
  machine: {
    cores: availableParallelism(),
    gib: Math.round(totalmem() / 2 ** 30),
    node: process.version,
  },
  engine: {
    hasNativeBatches: nativeBatches !== undefined,
    batchRecordsMax,
    threadPoolSize,
    nodeOptions: workerNodeOptions,
    logLevel,
    sessionMs,
    heartbeatMs,
    transactionMs,
  },
  streams: { version: '4.3.1', jvmOptions, commitMs, settings: streamsSettings },
  broker: {
    version: '4.3.1',
    heap: '-Xmx512m',
    options: '-XX:+UseSerialGC -XX:TieredStopAtLevel=1',
  },
})
