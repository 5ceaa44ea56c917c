-- The payment somebody calls about, by its id.
SELECT status, payment_amount, payment_expire_at, updated_at
FROM payments_detail
WHERE id = '5f0c7a52-2a0d-4c55-9a3e-0d6f6e1b7c11';

-- The payments of an application.
SELECT id, status, payment_amount, created_at
FROM payments_detail
WHERE remote_id = 'c1d7b0f4-3a55-4f3e-8b0a-6a2f5f9e0a21';

-- A receipt that the Core offers for download.
SELECT id, receipt_url
FROM payments_detail
WHERE remote_id = 'c1d7b0f4-3a55-4f3e-8b0a-6a2f5f9e0a21' AND status = 'COMPLETE';

-- The payment behind a notice code that a citizen reads out.
SELECT id, tenant_id, service_id, status, payment_paid_at
FROM payments_detail
WHERE payment_notice_code = '001000000012345685';

-- Large sums that a public body still waits for.
SELECT id, service_id, payment_amount, payment_expire_at
FROM payments_detail
WHERE tenant_id = 'a4f1e2d3-6b7c-4e8f-9a0b-1c2d3e4f5a60'
  AND status IN ('PAYMENT_PENDING', 'PAYMENT_STARTED')
  AND payment_amount >= 1000.00;

-- Payments that another proxy wrote last.
SELECT id, tenant_id, status, app_id, event_created_at
FROM payments_detail
WHERE app_id LIKE 'iris-payment-proxy:%';

-- Applications that are still open though their payment has closed unpaid: the Core knows no word for it and was told nothing, so a person decides.
SELECT remote_id, id, tenant_id, service_id, status, updated_at
FROM payments_detail
WHERE status IN ('EXPIRED', 'CANCELED');

-- The same, of one public body.
SELECT remote_id, id, service_id, status, payment_expire_at, updated_at
FROM payments_detail
WHERE tenant_id = 'a4f1e2d3-6b7c-4e8f-9a0b-1c2d3e4f5a60'
  AND status IN ('EXPIRED', 'CANCELED');

-- Creations that failed, a hundred of them.
SELECT id, tenant_id, service_id, updated_at
FROM payments_detail
WHERE status = 'CREATION_FAILED'
LIMIT 100;

-- real server only: how many payments each proxy has in each state.
SELECT app_id, status, COUNT(*) AS payments
FROM payments_detail
GROUP BY app_id, status
EMIT CHANGES;

-- real server only: each payment at the moment it is paid, for as long as one looks.
SELECT id, tenant_id, payment_amount, payment_paid_at
FROM payments_detail
WHERE status = 'COMPLETE'
EMIT CHANGES;

-- real server only: what each public body has been paid, kept up to date by the server.
CREATE TABLE paid_by_tenant AS
SELECT tenant_id, COUNT(*) AS payments, SUM(CAST(payment_amount * 100 AS BIGINT)) AS paid_minor
FROM payments_detail
WHERE status = 'COMPLETE'
GROUP BY tenant_id
EMIT CHANGES;
