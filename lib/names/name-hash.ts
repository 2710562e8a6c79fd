/** Two independent 32-bit hashes of a name. */
export interface NameHash {
  readonly first: number
  readonly second: number
}

/** Finaliser of MurmurHash3 (A. Appleby, public domain): every input bit reaches every output bit. */
function mix(value: number): number {
  let h = value
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}

/** Hashes by UTF-16 unit; the same on every machine and version, because samples and estimates depend on it. */
export function nameHash(name: string): NameHash {
  let a = 0x811c9dc5
  let b = 0x9747b28c ^ name.length
  for (let i = 0; i < name.length; i++) {
    const unit = name.charCodeAt(i)
    a = Math.imul(a ^ unit, 0x01000193)
    b = Math.imul(b ^ unit, 0x5bd1e995)
    b ^= b >>> 15
  }
  return { first: mix(a), second: mix(b) }
}
