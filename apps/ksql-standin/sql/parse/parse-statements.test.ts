import { describe, expect, it } from 'vitest'
import { KsqlError } from '#apps/ksql-standin/sql/ksql-error'
import { parseStatements } from '#apps/ksql-standin/sql/parse/parse-statements'

const variables = new Map<string, string>()
const errorOf = (text: string, known: ReadonlyMap<string, string> | null = variables) => {
  try {
    parseStatements(text, known)
  } catch (error) {
    if (error instanceof KsqlError) return error
    throw error
  }
  throw new Error(`taken: ${text}`)
}

describe('statements of a text', () => {
  it('are split at semicolons outside of quotes and comments, each with its own text', () => {
    const text = "SHOW TABLES; -- one; \n describe t; SELECT ';' FROM `a;b`;"
    expect(parseStatements(text, variables).map((statement) => statement.text)).toEqual([
      'SHOW TABLES;',
      'describe t;',
      "SELECT ';' FROM `a;b`;",
    ])
  })

  it('of an empty text are none', () => {
    expect(parseStatements(' -- nothing \n', variables)).toEqual([])
  })

  it('end with a semicolon, the last one too', () => {
    expect(errorOf('SHOW TABLES; DESCRIBE t')).toMatchObject({
      code: 40001,
      statementText: 'SHOW TABLES; DESCRIBE t',
      isParseError: true,
    })
  })

  it('are refused together where one is no SQL', () => {
    expect(errorOf('SHOW STREAMS; FOO BAR;').statementText).toBe('SHOW STREAMS; FOO BAR;')
  })

  it.each([
    ['LIST TABLES EXTENDED;', { kind: 'show', what: 'TABLES', isExtended: true, isAll: false }],
    ['SHOW ALL TOPICS;', { kind: 'show', what: 'TOPICS', isExtended: false, isAll: true }],
    ['SHOW QUERIES;', { kind: 'show', what: 'QUERIES' }],
    ['DESCRIBE `lowerCase` EXTENDED;', { kind: 'describe', source: 'lowerCase', isExtended: true }],
    ['DESCRIBE TABLES;', { kind: 'describeAll', what: 'TABLES' }],
    ['drop table if exists t delete topic;', { isIfExists: true, isTopicDeleted: true }],
    ['DROP STREAM s;', { kind: 'drop', what: 'STREAM', source: 'S', isIfExists: false }],
    ["PRINT 't' FROM BEGINNING LIMIT 2;", { kind: 'print' }],
  ])('%s', (text, expected) => {
    expect(parseStatements(text, variables)).toMatchObject([expected])
  })

  it.each([
    ['ALTER TABLE t ADD COLUMN x INT;', 40001],
    ['TERMINATE CST_T_0;', 40001],
    ['EXPLAIN SELECT * FROM t EMIT CHANGES;', 40001],
    ['CREATE STREAM s (id VARCHAR KEY) WITH (KAFKA_TOPIC=1);', 40001],
    ['CREATE TABLE t AS SELECT COUNT(*) FROM s GROUP BY id;', 40001],
    ['DESCRIBE FUNCTION UCASE;', 40001],
    ["INSERT INTO t (id) VALUES ('x');", 40000],
  ])('of the real server that are not answered here carry their refusal: %s', (text, code) => {
    expect(parseStatements(text, variables)).toMatchObject([{ kind: 'refused', error: { code } }])
  })

  it.each([
    'SELECT 1;',
    'SELECT DISTINCT a FROM t;',
    'SELECT a FROM t LIMIT 2 OFFSET 1;',
    "SELECT a FROM t LIMIT '1';",
    'SELECT a FROM t ORDER BY a;',
    'SELECT a FROM (SELECT * FROM t);',
    'SELECT a FROM t WHERE a IN ();',
    'SELECT a FROM t WHERE a == 1;',
    'SELECT n->list FROM t;',
    'DESCRIBE EXTENDED t;',
    ';',
  ])('are no SQL: %s', (text) => {
    expect(errorOf(text)).toMatchObject({ code: 40001, isParseError: true })
  })

  it.each([
    ['brackets', `SELECT ${'('.repeat(5000)}1${')'.repeat(5000)} FROM t;`],
    ['signs', `SELECT ${'- '.repeat(5000)}a FROM t;`],
    ['negations', `SELECT a FROM t WHERE ${'NOT '.repeat(5000)}a;`],
    ['operators', `SELECT a${'+a'.repeat(5000)} FROM t;`],
    ['comparisons', `SELECT a${' = a'.repeat(5000)} FROM t;`],
    ['steps', `SELECT a${'->a'.repeat(5000)} FROM t;`],
    ['types', `SELECT CAST(a AS ${'ARRAY<'.repeat(5000)}INT${'>'.repeat(5000)}) FROM t;`],
  ])('that nest without end are refused: %s', (_, text) => {
    expect(errorOf(text).code).toBe(40001)
  })
})

describe('variables', () => {
  const textsOf = (text: string, known: Record<string, string>) =>
    parseStatements(text, new Map(Object.entries(known))).map((statement) => statement.text)

  it('of the request are put in, as names and inside of texts', () => {
    expect(textsOf("SELECT id FROM ${t} WHERE id='a-${ID}';", { T: 'payments', ID: '7' })).toEqual([
      "SELECT id FROM payments WHERE id='a-7';",
    ])
  })

  it('are defined by statements that answer nothing', () => {
    expect(textsOf("DEFINE x='payment_detail'; DESCRIBE ${x};", {})).toEqual([
      'DESCRIBE payment_detail;',
    ])
    expect(errorOf("DEFINE x='a'; UNDEFINE x; DESCRIBE ${x};").statementText).toBe('${X}')
  })

  it('that nobody defined are named', () => {
    expect(errorOf('DESCRIBE ${nope};').statementText).toBe('${NOPE}')
  })

  it('never become more than one word', () => {
    const known = new Map([['X', 'a; DROP TABLE b']])
    expect(errorOf('DESCRIBE ${x};', known).code).toBe(40001)
    expect(textsOf('DESCRIBE ${x} EXTENDED;', { X: ' a -- ' })).toEqual(['DESCRIBE a EXTENDED;'])
  })

  it('never end the text they are put into', () => {
    const [text] = textsOf("SELECT a FROM t WHERE a='${x}';", { X: "' OR 'a'='a" })
    expect(text).toBe("SELECT a FROM t WHERE a=''' OR ''a''=''a';")
  })

  it('are none where the endpoint knows none', () => {
    expect(errorOf("SELECT a FROM ${t} WHERE a='${id}';", null)).toMatchObject({
      statementText: "SELECT a FROM ${t} WHERE a='${id}';",
      isParseError: true,
    })
  })
})
