import { cleanup } from '@testing-library/react'
import { afterEach } from 'vitest'

/** What Base UI asks of a browser and jsdom does not have. */
class NoResize implements ResizeObserver {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
}
globalThis.ResizeObserver ??= NoResize
Element.prototype.getAnimations ??= () => []
Element.prototype.scrollIntoView ??= () => {}
globalThis.PointerEvent ??= class extends MouseEvent {} as typeof PointerEvent

afterEach(cleanup)
