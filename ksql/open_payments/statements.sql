-- The payments that have not ended, and when each is looked at next. Times are milliseconds since 1970.
-- Where topics are written as plain JSON, VALUE_FORMAT is 'JSON'.
CREATE SOURCE TABLE IF NOT EXISTS open_payments (
  id STRING PRIMARY KEY,
  tenant_id STRING,
  service_id STRING,
  remote_id STRING,
  status STRING,
  connector STRING,
  created_at_ms BIGINT,
  expire_at_ms BIGINT,
  last_check_at_ms BIGINT,
  next_check_at_ms BIGINT,
  update_url STRING,
  update_method STRING
) WITH (
  KAFKA_TOPIC = 'payments.open',
  KEY_FORMAT = 'KAFKA',
  VALUE_FORMAT = 'AVRO'
);
