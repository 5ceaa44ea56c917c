import { parsePrimary } from '#apps/ksql-standin/sql/parse/parse-primary'
import type { TokenReader } from '#apps/ksql-standin/sql/parse/token-reader'
import type {
  ArithmeticOperator,
  ComparisonOperator,
  Expression,
} from '#apps/ksql-standin/sql/syntax'

/** How many operators may follow each other without brackets, AND and OR apart. */
const chainMax = 500

/** An expression, from OR down; names are resolved later. */
export const parseExpression = (reader: TokenReader): Expression =>
  reader.nested(() => logical(reader, 'OR', () => logical(reader, 'AND', () => negation(reader))))

function logical(
  reader: TokenReader,
  operator: 'AND' | 'OR',
  operand: () => Expression,
): Expression {
  const operands = [operand()]
  while (reader.takeWords(operator)) operands.push(operand())
  return operands.length === 1 ? operands[0]! : { kind: 'logical', operator, operands }
}

const negation = (reader: TokenReader): Expression =>
  reader.takeWords('NOT')
    ? reader.nested(() => ({ kind: 'not', of: negation(reader) }))
    : predicate(reader)

const comparisons: readonly string[] = ['=', '<>', '<', '<=', '>', '>=']

function predicate(reader: TokenReader): Expression {
  let left = sum(reader)
  for (let length = 0; ; length++) {
    if (length > chainMax) throw reader.refuse('too many comparisons follow each other')
    const longer = comparison(reader, left) ?? test(reader, left)
    if (!longer) return left
    left = longer
  }
}

function comparison(reader: TokenReader, left: Expression): Expression | undefined {
  const { kind, value } = reader.token
  if (kind === 'symbol' && comparisons.includes(value)) {
    reader.next()
    return { kind: 'comparison', operator: value as ComparisonOperator, left, right: sum(reader) }
  }
  if (!reader.takeWords('IS')) return undefined
  const isNegated = reader.takeWords('NOT')
  if (reader.takeWords('NULL')) return { kind: 'isNull', of: left, isNegated }
  reader.expectWord('DISTINCT')
  reader.expectWord('FROM')
  const operator = isNegated ? 'IS NOT DISTINCT FROM' : 'IS DISTINCT FROM'
  return { kind: 'comparison', operator, left, right: sum(reader) }
}

/** BETWEEN, IN and LIKE, with or without NOT. */
function test(reader: TokenReader, of: Expression): Expression | undefined {
  const isNegated = reader.isWord('NOT')
  const { kind, value } = reader.peek(isNegated ? 1 : 0)
  if (kind !== 'word' || !['BETWEEN', 'IN', 'LIKE'].includes(value)) return undefined
  reader.takeWords('NOT')
  reader.next()
  const found = testNamed(reader, value, of)
  return isNegated ? { kind: 'not', of: found } : found
}

function testNamed(reader: TokenReader, name: string, of: Expression): Expression {
  if (name === 'BETWEEN') {
    const low = sum(reader)
    reader.expectWord('AND')
    return { kind: 'between', of, low, high: sum(reader) }
  }
  if (name === 'IN') {
    reader.expectSymbol('(')
    const items = reader.list(() => parseExpression(reader))
    reader.expectSymbol(')')
    return { kind: 'in', of, items }
  }
  const pattern = sum(reader)
  if (!reader.takeWords('ESCAPE')) return { kind: 'like', of, pattern, escape: null }
  const escape = reader.expectText()
  if ([...escape].length !== 1) throw reader.refuse('ESCAPE wants one character')
  return { kind: 'like', of, pattern, escape }
}

const sum = (reader: TokenReader) => chain(reader, ['+', '-', '||'], () => product(reader))
const product = (reader: TokenReader) => chain(reader, ['*', '/', '%'], () => signed(reader))

function chain(
  reader: TokenReader,
  operators: readonly string[],
  operand: () => Expression,
): Expression {
  let left = operand()
  for (let length = 0; ; length++) {
    const { kind, value } = reader.token
    if (kind !== 'symbol' || !operators.includes(value)) return left
    if (length > chainMax) throw reader.refuse('too many operators follow each other')
    reader.next()
    const right = operand()
    left =
      value === '||'
        ? { kind: 'call', name: 'CONCAT', args: [left, right], isStar: false }
        : { kind: 'arithmetic', operator: value as ArithmeticOperator, left, right }
  }
}

function signed(reader: TokenReader): Expression {
  if (reader.takeSymbol('-')) return negated(reader.nested(() => signed(reader)))
  if (reader.takeSymbol('+')) return reader.nested(() => signed(reader))
  return parsePrimary(reader, parseExpression)
}

/** `-5` is a number, not an operation. */
function negated(of: Expression): Expression {
  const isNumber = of.kind === 'integer' || of.kind === 'decimal' || of.kind === 'double'
  if (!isNumber || of.digits.startsWith('-')) return { kind: 'negative', of }
  return { kind: of.kind, digits: `-${of.digits}` }
}
