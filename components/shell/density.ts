import { preferenceCookie, writePreference } from '@/components/ui/preference'

export const DENSITIES = ['relaxed', 'comfortable', 'compact'] as const
export type Density = (typeof DENSITIES)[number]

export const DENSITY_WORDS: Readonly<Record<Density, { readonly label: string; readonly hint: string }>> = {
  relaxed: { label: 'Relaxed', hint: '44 px rows' },
  comfortable: { label: 'Comfortable', hint: '36 px rows' },
  compact: { label: 'Compact', hint: '28 px rows' },
}

export const DENSITY_COOKIE = preferenceCookie('density')

export const isDensity = (value: unknown): value is Density => DENSITIES.some((density) => density === value)

/** Without an attribute on <html>, what the stylesheet begins with. */
export const currentDensity = (): Density => {
  const stated = document.documentElement.dataset.density
  return isDensity(stated) ? stated : 'comfortable'
}

export function applyDensity(density: Density): void {
  document.documentElement.dataset.density = density
  writePreference('density', density)
}
