/**
 * Faults of a compose file: what it is, the text that is changed, what it is changed to, and what a check says of it.
 */
export const breakages: readonly (readonly [string, string, string, string | RegExp])[] = [
  ['a member that compose does not know', 'read_only: true', 'readonly: true', /readonly/],
  [
    'a setting that an app does not read',
    'INGEST_TOPICS:',
    'INGEST_TOPIC:',
    'ingest: INGEST_TOPIC is set, and nothing of the app reads it',
  ],
  [
    'a setting that an app needs',
    'CORE_USERNAME:',
    'CORE_USER:',
    'worker: CORE_USERNAME is not set',
  ],
  [
    'a secret under a name that nobody reads',
    'DEBITS_TOKENS_FILE:',
    'DEBITS_TOKEN_FILE:',
    'debit-edge: HOST is 0.0.0.0: set DEBITS_TOKENS',
  ],
  [
    'a secret that is not mounted',
    'secrets: [ingest-tokens]',
    'secrets: []',
    'ingest: the secret ingest-tokens is not among',
  ],
  [
    'a topic that there is not',
    'applications,users',
    'applications,citizens',
    'ingest: INGEST_TOPICS: there is no topic citizens',
  ],
  ['another port', "PORT: '8007'", "PORT: '8017'", 'debit-projector: 8017 is not published'],
  [
    'a process nobody watches',
    ',http://exports-api:8008',
    '',
    'CORRENTE_PROCESSES: http://exports-api:8008 is used by nobody',
  ],
  [
    'a health path that says red of what is alarming',
    'bin/healthy.cjs, /metrics]',
    'bin/healthy.cjs, /status]',
    'operations: its health is not',
  ],
  [
    'an address where nobody listens',
    'KSQLDB_URL: http://ksqldb-server:8088',
    'KSQLDB_URL: http://ksqldb-server:8087',
    'views: KSQLDB_URL leads to ksqldb-server:8087',
  ],
  [
    'a bucket that there is not',
    'objects:/data/corrente',
    'objects:/data/other',
    'worker: the object store has no bucket corrente',
  ],
  [
    'a folder that is lost with its container',
    'worker:/var/lib/corrente',
    'worker:/var/lib/other',
    'worker: CORRENTE_HOME is /var/lib/corrente, where nothing',
  ],
  [
    'an image of any version',
    'apache/kafka:4.3.1',
    'apache/kafka:latest',
    'kafka: apache/kafka:latest is no exact version',
  ],
  ['something that is built', 'image: apache/kafka:4.3.1', 'build: .', 'kafka: it is built'],
  [
    'a port for everybody',
    '127.0.0.1:9092:9092',
    '9092:9092',
    'kafka: 9092:9092 is published beyond',
  ],
  ['a capability', 'cap_drop: [ALL]', 'cap_drop: [NET_RAW]', 'kafka: it keeps capabilities'],
  ['a volume that is not declared', '  objects:\n', '', 'volume objects is unknown'],
  ['a secret of nobody', '  card-key: {', '  former: {', 'secret card-key is unknown'],
  [
    'ksqlDB that reads what was aborted',
    'ISOLATION_LEVEL: read_committed',
    'ISOLATION_LEVEL: read_uncommitted',
    'ksqldb-server: ksql.streams.consumer.isolation.level is read_uncommitted',
  ],
  [
    'topics that make themselves',
    "TOPICS_ENABLE: 'false'",
    "TOPICS_ENABLE: 'true'",
    'kafka: auto.create.topics.enable is true',
  ],
  [
    'a job that nobody waits for',
    'topics: { condition: service_completed_successfully }',
    'kafka: { condition: service_healthy }',
    'topics: nobody waits for the end',
  ],
  [
    'a wait for what stays up as if it ended',
    'kafka: { condition: service_healthy }',
    'kafka: { condition: service_completed_successfully }',
    'schema-registry: it waits for kafka as',
  ],
  [
    'other memory than the figures are of',
    "MALLOC_MMAP_THRESHOLD_: '1048576'",
    "MALLOC_MMAP_THRESHOLD_: '1'",
    'worker: MALLOC_MMAP_THRESHOLD_ is not 1048576',
  ],
  [
    'a variable that is forgotten in silence',
    '${LOG_LEVEL:?',
    '${LOG_LEVEL:-',
    'a $ is neither $$ nor a variable',
  ],
]
