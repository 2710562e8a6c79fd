/** What the engine is asked with a bulk body of Elasticsearch's API; the body goes beside it, unpacked. */
export interface ElasticBulkParams {
  readonly logSourceId: string
  /** Index of the address, for items that name none. */
  readonly defaultIndex: string | null
  /** `filter_path` of the address. */
  readonly filterPath: string | null
}

export type ElasticBulkResult =
  /** Everything that could be read is stored. `items` is the JSON text of the list, one item an action, in order. */
  | { readonly kind: 'done'; readonly errors: boolean; readonly items: string; readonly tookMs: number }
  /** Nothing was stored. */
  | { readonly kind: 'overloaded'; readonly retryAfterSeconds: number }
  | { readonly kind: 'refused'; readonly status: 400 | 413; readonly type: string; readonly reason: string }
