-- Payments by digital service and day of creation in Rome, counted and added up by state. Sums are cents.
-- The id is <service_id>/<day>.
-- Where topics are written as plain JSON, VALUE_FORMAT is 'JSON'.
CREATE SOURCE TABLE IF NOT EXISTS payments_by_service_day (
  id STRING PRIMARY KEY,
  tenant_id STRING,
  service_id STRING,
  day STRING,
  currency STRING,
  payments_count BIGINT,
  amount_minor BIGINT,
  creation_pending_count BIGINT,
  creation_pending_amount_minor BIGINT,
  creation_failed_count BIGINT,
  creation_failed_amount_minor BIGINT,
  payment_pending_count BIGINT,
  payment_pending_amount_minor BIGINT,
  payment_started_count BIGINT,
  payment_started_amount_minor BIGINT,
  complete_count BIGINT,
  complete_amount_minor BIGINT,
  canceled_count BIGINT,
  canceled_amount_minor BIGINT,
  expired_count BIGINT,
  expired_amount_minor BIGINT,
  payment_failed_count BIGINT,
  payment_failed_amount_minor BIGINT,
  payment_confirmed_count BIGINT,
  payment_confirmed_amount_minor BIGINT,
  notification_pending_count BIGINT,
  notification_pending_amount_minor BIGINT
) WITH (
  KAFKA_TOPIC = 'payments.by-service-day',
  KEY_FORMAT = 'KAFKA',
  VALUE_FORMAT = 'AVRO'
);
