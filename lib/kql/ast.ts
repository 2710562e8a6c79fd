/** A value as written in a query. */
export type KqlValue =
  /** `text` without wildcards; `quoted` values never hold wildcards and mean a phrase on text fields. */
  | { readonly kind: 'string'; readonly text: string; readonly quoted: boolean }
  /** Literal pieces between the `*`s: `a*b*` is `['a', 'b', '']`; always two pieces or more. */
  | { readonly kind: 'wildcard'; readonly pieces: readonly string[] }
  | { readonly kind: 'boolean'; readonly value: boolean }
  /** Unquoted `null`: equal to no stored value, because nulls are not stored. */
  | { readonly kind: 'null' }

/** A field name, or a pattern over field names. */
export type KqlField = Extract<KqlValue, { kind: 'string' | 'wildcard' }>

export type RangeOperator = '<' | '<=' | '>' | '>='

export type KqlNode =
  | { readonly kind: 'and' | 'or'; readonly children: readonly KqlNode[] }
  | { readonly kind: 'not'; readonly child: KqlNode }
  /** `field: null` is free text: any field may hold the value. */
  | { readonly kind: 'is'; readonly field: KqlField | null; readonly value: KqlValue }
  | { readonly kind: 'range'; readonly field: KqlField; readonly operator: RangeOperator; readonly value: KqlValue }
  /** `field:{ … }`: one and the same object below `path` satisfies `child`. */
  | { readonly kind: 'nested'; readonly path: string; readonly child: KqlNode }
  /** The empty query. */
  | { readonly kind: 'all' }
