'use client'

import { useEffect, useEffectEvent, useSyncExternalStore } from 'react'

const STORAGE_KEY = 'dowser.single-keys'
const listeners = new Set<() => void>()

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  window.addEventListener('storage', listener)
  return () => {
    listeners.delete(listener)
    window.removeEventListener('storage', listener)
  }
}

function areOn(): boolean {
  try {
    return window.localStorage.getItem(STORAGE_KEY) !== 'off'
  } catch {
    return true
  }
}

/** Single-key shortcuts can be switched off (WCAG 2.1.4); the choice stays in this browser. */
export function useShortcutSetting(): readonly [boolean, (on: boolean) => void] {
  const on = useSyncExternalStore(subscribe, areOn, () => true)
  const set = (next: boolean) => {
    try {
      window.localStorage.setItem(STORAGE_KEY, next ? 'on' : 'off')
    } catch {
      // Storage may be blocked; the keys then stay on for this page.
    }
    for (const listener of listeners) listener()
  }
  return [on, set]
}

const TYPED_INPUTS = new Set(['button', 'checkbox', 'color', 'file', 'image', 'radio', 'range', 'reset', 'submit'])

/** True where a key press is text or a widget's own command, so that no shortcut may take it. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target.isContentEditable || target.closest('[contenteditable="true"], [contenteditable=""]')) return true
  if (target instanceof HTMLInputElement) return !TYPED_INPUTS.has(target.type)
  if (target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return true
  return target.closest('[role="menu"], [role="listbox"], [role="combobox"], [role="textbox"]') !== null
}

const isModified = (event: KeyboardEvent) => event.ctrlKey || event.metaKey || event.altKey

/** Enter and Space belong to a focused control. */
const isOwnKey = (event: KeyboardEvent) =>
  (event.key === 'Enter' || event.key === ' ') &&
  event.target instanceof HTMLElement &&
  event.target.closest('button, a, summary, [role="tab"], [role="radio"], [role="checkbox"]') !== null

/**
 * Calls `press` for plain keys anywhere on the page but in text fields and menus; a key it answers `true` to is used up.
 * `press` gets `owned` when the key would also press the focused control.
 */
export function useShortcuts(press: (key: string, owned: boolean, shift: boolean) => boolean): void {
  const [on] = useShortcutSetting()
  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing || isModified(event) || isTyping(event.target)) return
    if (press(event.key, isOwnKey(event), event.shiftKey)) event.preventDefault()
  })
  useEffect(() => {
    if (!on) return
    document.addEventListener('keydown', onKeyDown)
    return () => document.removeEventListener('keydown', onKeyDown)
  }, [on])
}
