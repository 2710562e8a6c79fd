/**
 * One value a process under a name, whichever bundle asks first: Next puts the same module into several bundles, and each
 * would otherwise open its own database.
 */
export function once<Value>(name: string, make: () => Value): Value {
  const key = Symbol.for(`dowser.${name}`)
  const slots = globalThis as unknown as Record<symbol, Value | undefined>
  const value = slots[key] ?? make()
  slots[key] = value
  return value
}
