import type { EngineGate } from '@/lib/services/context'
import { engine } from './engine-host'

/** The engine host as use cases see it; the worker starts with the first call. */
export const engineGate: EngineGate = {
  state: () => engine().state(),
  import: (bytes, meta) => engine().import(bytes, meta),
  command: (name, params, bytes) => engine().command(name, params, bytes),
  removeDemo: () => engine().removeDemo(),
}
