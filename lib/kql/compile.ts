import { ecsFieldType, type FieldType } from '@/lib/domain/ecs'
import type { FlatDocument, QueryDocument } from '@/lib/domain/flat-document'
import type { KqlField, KqlNode, KqlValue } from './ast'
import { matchesGlob } from './glob'
import { equalityTest, rangeTest, type ValueTest } from './match-value'
import { parseKql } from './parse'

/** @param nowMs - epoch ms, what `now` means in date math. Never throws. */
export type KqlPredicate = (document: QueryDocument, nowMs: number) => boolean

export interface CompileOptions {
  /** As Elastic runs detection rules: keyword values compare by case. False folds values, never field names. */
  readonly caseSensitive: boolean
  /** How a field is indexed; ECS when left out. */
  readonly fieldType?: (field: string) => FieldType
}

interface Compiled {
  readonly test: KqlPredicate
  /** Rough cost, so that cheap conditions are asked first. */
  readonly cost: number
}

interface Scope {
  readonly caseSensitive: boolean
  readonly fieldType: (field: string) => FieldType
}

/** The test for the type a field has, made once a type. */
function byType(scope: Scope, make: (type: FieldType) => ValueTest): (field: string) => ValueTest {
  const tests = new Map<FieldType, ValueTest>()
  return (field) => {
    const type = scope.fieldType(field)
    const known = tests.get(type)
    if (known !== undefined) return known
    const test = make(type)
    tests.set(type, test)
    return test
  }
}

const fieldMatcher = (field: KqlField | null): ((name: string) => boolean) => {
  if (field === null) return () => true
  return field.kind === 'wildcard' ? (name) => matchesGlob(field.pieces, name) : (name) => name === field.text
}

function anyField(field: KqlField | null, scope: Scope, make: (type: FieldType) => ValueTest): Compiled {
  const testOf = byType(scope, make)
  if (field?.kind === 'string') {
    const test = testOf(field.text)
    return { test: ({ fields }, nowMs) => fields.get(field.text)?.some((stored) => test(stored, nowMs)) === true, cost: 1 }
  }
  const isMeant = fieldMatcher(field)
  const test: KqlPredicate = ({ fields }, nowMs) => {
    for (const [name, values] of fields) {
      if (!isMeant(name)) continue
      const valueTest = testOf(name)
      if (values.some((stored) => valueTest(stored, nowMs))) return true
    }
    return false
  }
  return { test, cost: 10 }
}

function hasField(fields: FlatDocument, name: string): boolean {
  if (fields.has(name)) return true
  const prefix = `${name}.`
  return [...fields.keys()].some((key) => key.startsWith(prefix))
}

/** `field:*`: the field, or anything below it, has a value. */
function exists(field: KqlField | null): Compiled {
  if (field === null) return { test: () => true, cost: 0 }
  if (field.kind === 'string') return { test: ({ fields }) => hasField(fields, field.text), cost: 2 }
  return { test: ({ fields }) => [...fields.keys()].some((name) => matchesGlob(field.pieces, name)), cost: 10 }
}

const isLoneStar = (value: KqlValue): boolean => value.kind === 'wildcard' && value.pieces.every((piece) => piece === '')

function compileIs(node: Extract<KqlNode, { kind: 'is' }>, scope: Scope): Compiled {
  if (isLoneStar(node.value)) return exists(node.field)
  const compiled = anyField(node.field, scope, (type) => equalityTest(node.value, type, scope.caseSensitive))
  return node.value.kind === 'wildcard' ? { ...compiled, cost: compiled.cost + 3 } : compiled
}

function compileJoined(node: Extract<KqlNode, { kind: 'and' | 'or' }>, scope: Scope): Compiled {
  const children = node.children.map((child) => compileNode(child, scope)).sort((left, right) => left.cost - right.cost)
  const cost = children.reduce((sum, child) => sum + child.cost, 0)
  if (node.kind === 'and') return { test: (document, nowMs) => children.every(({ test }) => test(document, nowMs)), cost }
  return { test: (document, nowMs) => children.some(({ test }) => test(document, nowMs)), cost }
}

function compileNested(node: Extract<KqlNode, { kind: 'nested' }>, scope: Scope): Compiled {
  const below: Scope = { ...scope, fieldType: (field) => scope.fieldType(`${node.path}.${field}`) }
  const { test, cost } = compileNode(node.child, below)
  return { test: (document, nowMs) => document.nested(node.path).some((group) => test(group, nowMs)), cost: cost + 20 }
}

function compileNode(node: KqlNode, scope: Scope): Compiled {
  switch (node.kind) {
    case 'all':
      return { test: () => true, cost: 0 }
    case 'and':
    case 'or':
      return compileJoined(node, scope)
    case 'not': {
      const { test, cost } = compileNode(node.child, scope)
      return { test: (document, nowMs) => !test(document, nowMs), cost }
    }
    case 'is':
      return compileIs(node, scope)
    case 'range':
      return anyField(node.field, scope, (type) => rangeTest(node.value, node.operator, type))
    case 'nested':
      return compileNested(node, scope)
  }
}

/** Turns a parsed query into a predicate. */
export function compileKql(node: KqlNode, options: CompileOptions): KqlPredicate {
  const { caseSensitive, fieldType = ecsFieldType } = options
  return compileNode(node, { caseSensitive, fieldType }).test
}

/** Parses and compiles. @throws KqlSyntaxError */
export function kqlPredicate(query: string, options: CompileOptions): KqlPredicate {
  return compileKql(parseKql(query), options)
}
