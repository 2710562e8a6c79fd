import { preferenceCookie, writePreference } from '@/components/ui/preference'

export const THEMES = ['system', 'light', 'dark'] as const
export type Theme = (typeof THEMES)[number]

export const THEME_COOKIE = preferenceCookie('theme')

export const isTheme = (value: unknown): value is Theme => THEMES.some((theme) => theme === value)

/** What stands on <html>; without an attribute the system decides. */
export const themeAttribute = (theme: Theme): 'light' | 'dark' | undefined => (theme === 'system' ? undefined : theme)

export const currentTheme = (): Theme => {
  const stated = document.documentElement.dataset.theme
  return isTheme(stated) ? stated : 'system'
}

export function applyTheme(theme: Theme): void {
  const stated = themeAttribute(theme)
  if (stated === undefined) delete document.documentElement.dataset.theme
  else document.documentElement.dataset.theme = stated
  writePreference('theme', theme)
}
