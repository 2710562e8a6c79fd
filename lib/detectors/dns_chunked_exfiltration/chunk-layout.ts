/** Where a name holds its chunk number: in front of the first hyphen, or as a label counted from the left or the right. */
export type ChunkLayout =
  | { readonly place: 'prefix'; readonly label: number }
  | { readonly place: 'left'; readonly label: number }
  | { readonly place: 'right'; readonly label: number }

/** A name read by a layout: its number as written, and what it carries. */
export interface ChunkText {
  readonly index: string
  readonly payload: readonly string[]
}

/** Readings tried; tools put one to three constant or session labels beside the number. */
export const LAYOUTS: readonly ChunkLayout[] = [
  { place: 'prefix', label: 0 },
  { place: 'prefix', label: 1 },
  { place: 'left', label: 0 },
  { place: 'left', label: 1 },
  { place: 'right', label: 0 },
  { place: 'right', label: 1 },
  { place: 'right', label: 2 },
]

const INDEX = /^[0-9a-f]{1,6}$/i

/** Where the number stands, in words. */
export function layoutText({ place, label }: ChunkLayout): string {
  if (place === 'prefix') return label === 0 ? 'in front of a hyphen' : 'in front of a hyphen in the second label'
  const nth = ['first', 'second', 'third'][label] ?? ''
  return place === 'left' ? `as the ${nth} label` : `as the ${nth === 'first' ? 'last' : `${nth} to last`} label in front of the domain`
}

/**
 * @param labels - The labels in front of the zone, in any case.
 * @returns null when there is no number of 1 to 6 digits there, or nothing beside it.
 */
export function readChunk(labels: readonly string[], { place, label }: ChunkLayout): ChunkText | null {
  const at = place === 'right' ? labels.length - 1 - label : label
  const text = labels[at]
  if (text === undefined) return null
  if (place !== 'prefix') {
    if (!INDEX.test(text) || labels.length < 2) return null
    return { index: text, payload: labels.toSpliced(at, 1) }
  }
  const hyphen = text.indexOf('-')
  const index = text.slice(0, Math.max(0, hyphen))
  if (!INDEX.test(index) || hyphen === text.length - 1) return null
  return { index, payload: labels.with(at, text.slice(hyphen + 1)) }
}
