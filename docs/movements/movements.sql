-- The movements of a batch, as the template receipt@1 prints them: $1 is the tenant, $2 the batch, $3 the filter, a JSON
-- object or null. A filter names values of the columns that are listed; one that names anything else finds nothing.
select
  issuer,
  number,
  batch_id as batch,
  holder,
  document,
  account,
  bank,
  closed_on,
  status,
  -- The session is in UTC: an instant is written as the clock of the place shows it.
  to_char(issued_at at time zone 'America/Bogota', 'YYYY-MM-DD"T"HH24:MI:SS"-05:00"') as issued_at,
  currency,
  movements,
  debit_total,
  credit_total,
  verification
from bank.receipts
where tenant_id = $1
  and batch_id = $2
  and jsonb_build_object('status', status, 'currency', currency, 'closed_on', closed_on)
    @> coalesce($3::jsonb, '{}')
-- By something that is unique, so that the same batch is the same file.
order by number
