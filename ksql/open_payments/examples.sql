-- What the poller asks: the payments whose next check is due now (1741594622000) and that can be asked about.
SELECT id, connector, update_url, update_method, next_check_at_ms, expire_at_ms
FROM open_payments
WHERE next_check_at_ms <= 1741594622000 AND update_url <> '';

-- Checks that are more than an hour late.
SELECT id, connector, status, last_check_at_ms, next_check_at_ms
FROM open_payments
WHERE next_check_at_ms <= 1741591022000 AND update_url <> '';

-- Payments past their deadline that nobody can be asked about: their creation never came to an end.
SELECT id, tenant_id, service_id, remote_id, created_at_ms
FROM open_payments
WHERE status = 'CREATION_PENDING' AND next_check_at_ms <= 1741594622000;

-- What waits at one intermediary.
SELECT id, status, next_check_at_ms, expire_at_ms
FROM open_payments
WHERE connector = 'examplepay';

-- Open payments of a digital service that end within a day.
SELECT id, remote_id, status, expire_at_ms
FROM open_payments
WHERE service_id = '7e6b2f90-54d1-4a5e-9d0c-2b8f7c1e4d33'
  AND expire_at_ms BETWEEN 1749280500000 AND 1749366900000;

-- Payers who opened the payment page and have not paid.
SELECT id, remote_id, last_check_at_ms
FROM open_payments
WHERE status = 'PAYMENT_STARTED';

-- Whether a payment is still open: no row where it has ended.
SELECT status, FORMAT_TIMESTAMP(FROM_UNIXTIME(next_check_at_ms), 'yyyy-MM-dd HH:mm', 'Europe/Rome') AS next_check
FROM open_payments
WHERE id = '5f0c7a52-2a0d-4c55-9a3e-0d6f6e1b7c11';

-- real server only: open payments of each intermediary.
SELECT connector, COUNT(*) AS payments
FROM open_payments
GROUP BY connector
EMIT CHANGES;

-- real server only: each payment as it opens, moves, and ends (a tombstone).
SELECT id, status, next_check_at_ms
FROM open_payments
EMIT CHANGES;
