-- A row for a batch that there is, also for one without receipts: the name of its state, and since when it is so.
select revision::text as version, changed_at as as_of
from bank.batches
where tenant_id = $1 and batch_id = $2
