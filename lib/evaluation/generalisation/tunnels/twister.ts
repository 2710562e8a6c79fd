/** Numbers of MT19937 (Matsumoto and Nishimura, 1998), as Saitama shuffles its alphabet by them. */
export function twister(seed: number, count: number): number[] {
  const state = new Uint32Array(624)
  state[0] = seed
  for (let i = 1; i < 624; i++) {
    const before = state[i - 1] ?? 0
    state[i] = Math.imul(1_812_433_253, before ^ (before >>> 30)) + i
  }
  for (let i = 0; i < 624; i++) {
    const mixed = ((state[i] ?? 0) & 0x80000000) | ((state[(i + 1) % 624] ?? 0) & 0x7fffffff)
    state[i] = (state[(i + 397) % 624] ?? 0) ^ (mixed >>> 1) ^ (mixed & 1 ? 0x9908b0df : 0)
  }
  return Array.from({ length: count }, (_, i) => {
    let y = state[i] ?? 0
    y ^= y >>> 11
    y ^= (y << 7) & 0x9d2c5680
    y ^= (y << 15) & 0xefc60000
    return (y ^ (y >>> 18)) >>> 0
  })
}
