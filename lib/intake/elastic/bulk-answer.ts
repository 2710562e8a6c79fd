import type { BulkAction, ItemError } from './bulk-items'
import type { PathFilter } from './filter-path'

/** What is told about one item. */
export interface ItemOutcome {
  readonly action: BulkAction
  readonly index: string | null
  readonly id: string
  readonly outcome: 'created' | 'updated' | 'exists' | ItemError
}

/** Builds the text of `items`, compact: Vector looks for `"errors":true` letter by letter. */
export class BulkAnswer {
  hasErrors = false
  private readonly parts: string[] = []
  private readonly wanted = new Map<BulkAction, ReadonlySet<string>>()

  constructor(private readonly filter: PathFilter) {}

  add({ action, index, id, outcome }: ItemOutcome): void {
    const isStored = outcome === 'created' || outcome === 'updated'
    if (!isStored) this.hasErrors = true
    const wants = this.wantedOf(action)
    const fields: string[] = []
    if (wants.has('_index')) fields.push(`"_index":${JSON.stringify(index)}`)
    if (wants.has('_id')) fields.push(`"_id":${JSON.stringify(id)}`)
    if (isStored) {
      if (wants.has('_version')) fields.push(`"_version":${outcome === 'created' ? 1 : 2}`)
      if (wants.has('result')) fields.push(`"result":"${outcome}"`)
      for (const [name, json] of ALWAYS) if (wants.has(name)) fields.push(json)
    } else if (wants.has('error')) fields.push(`"error":${JSON.stringify(errorOf(outcome, id, index))}`)
    if (wants.has('status')) fields.push(`"status":${statusOf(outcome)}`)
    if (fields.length > 0) this.parts.push(`{"${action}":{${fields.join(',')}}}`)
  }

  text(): string {
    return `[${this.parts.join(',')}]`
  }

  private wantedOf(action: BulkAction): ReadonlySet<string> {
    const known = this.wanted.get(action)
    if (known) return known
    // A pattern below `error` wants the error.
    const isWanted = (name: string) =>
      this.filter(['items', action, name]) || (name === 'error' && this.filter(['items', action, name, 'type']))
    const wanted = new Set(FIELDS.filter(isWanted))
    this.wanted.set(action, wanted)
    return wanted
  }
}

const FIELDS = ['_index', '_id', '_version', 'result', '_shards', '_seq_no', '_primary_term', 'error', 'status']

/** What is the same of every document that was stored. */
const ALWAYS = [
  ['_shards', '"_shards":{"total":1,"successful":1,"failed":0}'],
  ['_seq_no', '"_seq_no":0'],
  ['_primary_term', '"_primary_term":1'],
] as const

function statusOf(outcome: ItemOutcome['outcome']): number {
  if (outcome === 'created') return 201
  if (outcome === 'updated') return 200
  return outcome === 'exists' ? 409 : outcome.status
}

const errorOf = (outcome: 'exists' | ItemError, id: string, index: string | null) =>
  outcome === 'exists'
    ? { type: 'version_conflict_engine_exception', reason: `[${id}]: version conflict, document already exists`, index }
    : { type: outcome.type, reason: outcome.reason }
