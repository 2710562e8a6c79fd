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
  private readonly wanted = new Map<string, boolean>()

  constructor(private readonly filter: PathFilter) {}

  add({ action, index, id, outcome }: ItemOutcome): void {
    const isStored = outcome === 'created' || outcome === 'updated'
    if (!isStored) this.hasErrors = true
    const fields: string[] = []
    const put = (name: string, json: () => string) => {
      if (this.wants(action, name)) fields.push(`"${name}":${json()}`)
    }
    put('_index', () => JSON.stringify(index))
    put('_id', () => JSON.stringify(id))
    if (isStored) {
      put('_version', () => (outcome === 'created' ? '1' : '2'))
      put('result', () => `"${outcome}"`)
      put('_shards', () => '{"total":1,"successful":1,"failed":0}')
      put('_seq_no', () => '0')
      put('_primary_term', () => '1')
    } else put('error', () => JSON.stringify(errorOf(outcome, id, index)))
    put('status', () => String(statusOf(outcome)))
    if (fields.length > 0) this.parts.push(`{"${action}":{${fields.join(',')}}}`)
  }

  text(): string {
    return `[${this.parts.join(',')}]`
  }

  private wants(action: BulkAction, name: string): boolean {
    const key = `${action} ${name}`
    const known = this.wanted.get(key)
    if (known !== undefined) return known
    // A pattern below `error` wants the error.
    const wanted = this.filter(['items', action, name]) || (name === 'error' && this.filter(['items', action, name, 'type']))
    this.wanted.set(key, wanted)
    return wanted
  }
}

function statusOf(outcome: ItemOutcome['outcome']): number {
  if (outcome === 'created') return 201
  if (outcome === 'updated') return 200
  return outcome === 'exists' ? 409 : outcome.status
}

const errorOf = (outcome: 'exists' | ItemError, id: string, index: string | null) =>
  outcome === 'exists'
    ? { type: 'version_conflict_engine_exception', reason: `[${id}]: version conflict, document already exists`, index }
    : { type: outcome.type, reason: outcome.reason }
