-- An example of where movements may lie; docs/exports.md says how they are read from there.

create schema bank;

create table bank.batches (
  tenant_id text not null,
  batch_id text not null,
  -- Whoever changes a batch or one of its receipts sets both, in the same transaction.
  revision integer not null default 1,
  changed_at timestamptz not null default now(),
  primary key (tenant_id, batch_id)
);

create table bank.receipts (
  tenant_id text not null,
  batch_id text not null,
  number text not null,
  issuer text not null,
  holder text not null,
  document text not null,
  account text not null,
  bank text not null,
  closed_on date not null,
  status text not null,
  issued_at timestamptz not null,
  currency text not null,
  -- Kept as it came: a list of number, booked_on, reference, description, debit, credit, all of them texts.
  movements json not null,
  debit_total numeric(18, 2) not null,
  credit_total numeric(18, 2) not null,
  verification text not null,
  primary key (tenant_id, batch_id, number),
  foreign key (tenant_id, batch_id) references bank.batches
);
