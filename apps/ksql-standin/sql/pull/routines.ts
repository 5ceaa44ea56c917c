const bounds32 = '2147483648'
const bounds64 = '9223372036854775808'
const epoch = "timestamp '1970-01-01'"

/** `name(arguments) returns`: NULL where an argument is. */
const routine = (head: string, body: string) =>
  `create or replace function ksql.${head}
    language sql stable strict parallel safe as $routine$${body}$routine$`

/** Java's arithmetic: what overflows wraps. */
const whole = [
  routine(
    'wrap_integer(n bigint) returns integer',
    `select ((((n & 4294967295) + ${bounds32}) & 4294967295) - ${bounds32})::integer`,
  ),
  routine(
    'wrap_bigint(n numeric) returns bigint',
    `select (mod(mod(n + ${bounds64}, 18446744073709551616) + 18446744073709551616,
      18446744073709551616) - ${bounds64})::bigint`,
  ),
  routine(
    'array_index(n integer) returns integer',
    'select case when n > 0 then n - 1 when n < 0 then n end',
  ),
]

/** Exact, half away from zero; by zero it is NULL. */
const decimals = [
  routine(
    'fit(n numeric, scale integer, bound numeric) returns numeric',
    'select case when abs(round(n, scale)) < bound then round(n, scale) end',
  ),
  routine(
    'divide(a numeric, b numeric, scale integer) returns numeric',
    `select round(div(a * ('1e' || scale + 1)::numeric, nullif(b, 0)) / 10) * ('1e-' || scale)::numeric`,
  ),
  routine(
    'round_up(n numeric, places integer) returns numeric',
    `select round(floor(n * ('1e' || places)::numeric + 0.5) * ('1e' || -places)::numeric,
      greatest(places, 0))`,
  ),
]

/** Catching an error is a subtransaction, which no parallel worker may begin. */
const double = (name: string, operator: string) =>
  `create or replace function ksql.double_${name}(a float8, b float8) returns float8
    language plpgsql stable strict parallel unsafe as $routine$
    begin return a ${operator} b;
    exception when numeric_value_out_of_range or division_by_zero then return null; end $routine$`

/** Into a whole number Java stops at the bounds. */
const doubleTo = (type: string, [min, max]: readonly [string, string]) =>
  routine(
    `double_to_${type}(n float8) returns ${type}`,
    `select case when n >= ${max} then ${max}::${type} when n <= ${min} then (${min})::${type}
      else trunc(n)::numeric::${type} end`,
  )

const doubles = [
  double('sum', '+'),
  double('difference', '-'),
  double('product', '*'),
  double('quotient', '/'),
  routine(
    'double_remainder(a float8, b float8) returns float8',
    `select mod(a::text::numeric, nullif(b::text::numeric, 0))::float8`,
  ),
  doubleTo('integer', ['-2147483648', '2147483647']),
  doubleTo('bigint', ['-9223372036854775808', '9223372036854775807']),
  // Of the shortest digits: 1.5, 1.0E21, 1.0E-4.
  routine(
    'double_text(n float8) returns text',
    `select case
       when n = 0 then case when n::text = '-0' then '-0.0' else '0.0' end
       when abs(n) >= 1e-3 and abs(n) < 1e7 then ksql.with_point(trim_scale(n::text::numeric)::text)
       else case when n < 0 then '-' else '' end
         || ksql.with_point(trim_scale(abs(n::text::numeric)
              * ('1e' || -ksql.exponent(abs(n::text::numeric)))::numeric)::text)
         || 'E' || ksql.exponent(abs(n::text::numeric))
     end`,
  ),
]

/** What doubles are written with. */
const digits = [
  routine(
    'with_point(t text) returns text',
    "select case when strpos(t, '.') > 0 then t else t || '.0' end",
  ),
  routine(
    'exponent(n numeric) returns integer',
    `select case when n >= 1 then length(trunc(n)::text) - 1
      else length(ltrim(substr(n::text, 3), '0')) - length(substr(n::text, 3)) - 1 end`,
  ),
]

/** What is no such value is NULL. */
const reading = [
  routine(
    'trim_text(t text) returns text',
    String.raw`select btrim(t, (
    select string_agg(chr(n), '') from generate_series(1, 32) as n))`,
  ),
  ...['integer', 'bigint'].map((type) =>
    routine(
      `to_${type}(t text) returns ${type}`,
      `select case when ksql.trim_text(t) ~ '^[+-]?[0-9]+$'
        and pg_input_is_valid(ksql.trim_text(t), '${type}') then ksql.trim_text(t)::${type} end`,
    ),
  ),
  ...[
    ['double', 'float8'],
    ['numeric', 'numeric'],
  ].map(([name, type]) =>
    routine(
      `to_${name}(t text) returns ${type}`,
      String.raw`select case when ksql.trim_text(t) ~ '^[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]{1,3})?$'
        and pg_input_is_valid(ksql.trim_text(t), '${type}') then ksql.trim_text(t)::${type} end`,
    ),
  ),
  routine(
    'to_boolean(t text) returns boolean',
    "select lower(t) in ('t', 'tr', 'tru', 'true', 'y', 'ye', 'yes')",
  ),
]

const times = [
  routine(
    'utc(ms bigint) returns timestamp',
    `select case when ms between -62135596800000 and 253402300799999
      then ${epoch} + (ms / 86400000) * interval '1 day' + (ms % 86400000) * interval '1 millisecond' end`,
  ),
  routine('date_of(ms bigint) returns integer', 'select floor(ms / 86400000.0)::integer'),
  routine(
    'time_of(ms bigint) returns integer',
    'select (ms - floor(ms / 86400000.0)::bigint * 86400000)::integer',
  ),
  routine(
    'date_text(days integer) returns text',
    "select to_char(ksql.utc(days::bigint * 86400000), 'YYYY-MM-DD')",
  ),
  routine(
    'time_text(ms integer) returns text',
    "select regexp_replace(to_char(ksql.utc(ms::bigint), 'HH24:MI:SS'), ':00$', '')",
  ),
  routine(
    'timestamp_text(ms bigint) returns text',
    `select to_char(ksql.utc(ms), 'YYYY-MM-DD"T"HH24:MI:SS.MS')`,
  ),
  // The places are the groups of the pattern: year, month, day, hour, minute, second, fraction, zone.
  routine(
    'read_time(t text, pattern text, places integer[]) returns bigint',
    `select case when pg_input_is_valid(stamp, 'timestamp') then
       (extract(epoch from stamp::timestamp) * 1000)::bigint
       - case when coalesce(zone, 'Z') = 'Z' then 0 else
           case when zone like '-%' then -60000 else 60000 end
           * (substr(zone, 2, 2)::integer * 60
              + coalesce(nullif(regexp_replace(substr(zone, 4), ':', ''), ''), '0')::integer) end
     end
     from (select m[places[8]] as zone,
       coalesce(m[places[1]], '1970') || '-' || coalesce(m[places[2]], '01') || '-'
       || coalesce(m[places[3]], '01') || ' ' || coalesce(m[places[4]], '00') || ':'
       || coalesce(m[places[5]], '00') || ':' || coalesce(m[places[6]], '00') || '.'
       || coalesce(m[places[7]], '000') as stamp
       from (select regexp_match(t, pattern) as m) as matched where m is not null) as read`,
  ),
]

/**
 * Functions that plans call: run once, in this order, where the tables are made, by their owner, in a database of
 * encoding UTF8; the reading role needs USAGE of the schema `ksql`.
 */
export const routines: readonly string[] = [
  'create schema if not exists ksql',
  ...whole,
  ...decimals,
  ...digits,
  ...reading,
  ...doubles,
  ...times,
]
