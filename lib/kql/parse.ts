import type { KqlField, KqlNode, RangeOperator } from './ast'
import { afterNot, afterOperator, type Scanned, scanLiteral, skipSpaces, typed } from './literal'
import { KqlSyntaxError } from './syntax-error'

/** Deepest nesting of parentheses and braces; beyond it a query is a syntax error, so that no input exhausts the stack. */
export const MAX_DEPTH = 100

const RANGE_OPERATORS: readonly RangeOperator[] = ['<=', '>=', '<', '>']

type Part = (query: string, at: number, depth: number) => Scanned<KqlNode>

function deeper(query: string, at: number, depth: number): number {
  if (depth >= MAX_DEPTH) throw new KqlSyntaxError(query, at, [`at most ${MAX_DEPTH} levels of nesting`])
  return depth + 1
}

function joined(kind: 'and' | 'or', children: readonly KqlNode[]): KqlNode {
  const [only] = children
  return children.length === 1 && only !== undefined ? only : { kind, children }
}

/** `part { WS word WS part }` */
function chain(word: 'and' | 'or', part: Part): Part {
  return (query, from, depth) => {
    const children: KqlNode[] = []
    let next: number | null = from
    let end = from
    while (next !== null) {
      const scanned: Scanned<KqlNode> = part(query, next, depth)
      children.push(scanned.value)
      end = scanned.end
      next = afterOperator(query, end, word)
    }
    return { value: joined(word, children), end }
  }
}

/** `[ "not" WS ] part` */
function negatable(part: Part): Part {
  return (query, from, depth) => {
    const after = afterNot(query, from)
    if (after === null) return part(query, from, depth)
    const { value, end } = part(query, after, depth)
    return { value: { kind: 'not', child: value }, end }
  }
}

/** `open ws* part ws* close`, with `from` at `open`. */
function enclosed(query: string, from: number, depth: number, close: ')' | '}', part: Part): Scanned<KqlNode> {
  const inner = part(query, skipSpaces(query, from + 1), deeper(query, from, depth))
  const end = skipSpaces(query, inner.end)
  if (query.charAt(end) !== close) throw new KqlSyntaxError(query, end, [`"${close}"`, '"and"', '"or"'])
  return { value: inner.value, end: end + 1 }
}

function listOf(field: KqlField): Part {
  const item: Part = (query, from, depth) => {
    if (query.charAt(from) === '(') return enclosed(query, from, depth, ')', list)
    const { value, end } = literalAt(query, from)
    return { value: { kind: 'is', field, value: typed(value) }, end }
  }
  const list = chain('or', chain('and', negatable(item)))
  return item
}

function literalAt(query: string, from: number): Scanned<KqlField> {
  if (from >= query.length) throw new KqlSyntaxError(query, from, ['a value'])
  return scanLiteral(query, from)
}

/** What follows `field ws* ":"`. */
function fieldValue(query: string, field: KqlField, colonAt: number, depth: number): Scanned<KqlNode> {
  const at = skipSpaces(query, colonAt + 1)
  if (query.charAt(at) !== '{') return listOf(field)(query, at, depth)
  if (field.kind === 'wildcard') throw new KqlSyntaxError(query, at, ['a value (no wildcard in the path of a nested group)'])
  const { value, end } = enclosed(query, at, depth, '}', or)
  return { value: { kind: 'nested', path: field.text, child: value }, end }
}

const expression: Part = (query, from, depth) => {
  const first = literalAt(query, from)
  const at = skipSpaces(query, first.end)
  if (query.charAt(at) === ':') return fieldValue(query, first.value, at, depth)
  const operator = RANGE_OPERATORS.find((candidate) => query.startsWith(candidate, at))
  if (operator === undefined) return { value: { kind: 'is', field: null, value: typed(first.value) }, end: first.end }
  const { value, end } = literalAt(query, skipSpaces(query, at + operator.length))
  return { value: { kind: 'range', field: first.value, operator, value: typed(value) }, end }
}

const sub: Part = (query, from, depth) =>
  query.charAt(from) === '(' ? enclosed(query, from, depth, ')', or) : expression(query, from, depth)

const or: Part = chain('or', chain('and', negatable(sub)))

/**
 * Parses the query language of the rules (KQL): boolean keywords in any case, `field:value`, value lists, ranges,
 * `*` as the only wildcard, `field:{ … }` for one and the same object.
 *
 * @throws KqlSyntaxError with the position and what was expected; nothing else.
 */
export function parseKql(query: string): KqlNode {
  const start = skipSpaces(query, 0)
  if (start === query.length) return { kind: 'all' }
  const { value, end } = or(query, start, 0)
  const rest = skipSpaces(query, end)
  if (rest < query.length) throw new KqlSyntaxError(query, rest, ['"and"', '"or"', 'the end of the query'])
  return value
}
