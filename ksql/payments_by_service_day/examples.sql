-- What became of the payments that a digital service created on a day.
SELECT payments_count, complete_count, payment_pending_count, payment_started_count, expired_count
FROM payments_by_service_day
WHERE id = '7e6b2f90-54d1-4a5e-9d0c-2b8f7c1e4d33/2025-03-10';

-- The month of a digital service, day by day.
SELECT day, payments_count, amount_minor, complete_count, complete_amount_minor
FROM payments_by_service_day
WHERE id >= '7e6b2f90-54d1-4a5e-9d0c-2b8f7c1e4d33/2025-03-01'
  AND id < '7e6b2f90-54d1-4a5e-9d0c-2b8f7c1e4d33/2025-04-01';

-- All digital services of a public body on a day.
SELECT service_id, payments_count, complete_count, complete_amount_minor
FROM payments_by_service_day
WHERE tenant_id = 'a4f1e2d3-6b7c-4e8f-9a0b-1c2d3e4f5a60' AND day = '2025-03-10';

-- Days on which creations failed.
SELECT service_id, day, creation_failed_count, payments_count
FROM payments_by_service_day
WHERE creation_failed_count > 0;

-- Days on which more than a tenth of the payments has expired.
SELECT service_id, day, expired_count, payments_count
FROM payments_by_service_day
WHERE expired_count > 0 AND expired_count * 10 > payments_count;

-- What a public body is still owed, day by day.
SELECT day, service_id, payment_pending_amount_minor + payment_started_amount_minor AS owed_minor
FROM payments_by_service_day
WHERE tenant_id = 'a4f1e2d3-6b7c-4e8f-9a0b-1c2d3e4f5a60'
  AND payment_pending_count + payment_started_count > 0;

-- real server only: the same by public body and month.
SELECT tenant_id, SUBSTRING(day, 1, 7) AS month, SUM(payments_count) AS payments, SUM(complete_amount_minor) AS paid_minor
FROM payments_by_service_day
GROUP BY tenant_id, SUBSTRING(day, 1, 7)
EMIT CHANGES;
