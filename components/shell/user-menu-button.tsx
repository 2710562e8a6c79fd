'use client'
import { type ComponentType, type ReactElement, useEffect, useRef, useState } from 'react'

interface UserMenuButtonProps {
  readonly trigger: ReactElement<Record<string, unknown>>
  readonly side: 'right' | 'top'
}

/** The button of the account's menu. The menu itself is loaded when the pointer or the focus comes near, and a press waits for it. */
export function UserMenuButton(props: UserMenuButtonProps) {
  const [Menu, setMenu] = useState<ComponentType<UserMenuButtonProps> | null>(null)
  const place = useRef<HTMLDivElement>(null)
  const asked = useRef({ isPressed: false, hasFocus: false })
  const load = async () => {
    const { UserMenu } = await import('./user-menu')
    asked.current.hasFocus = place.current?.contains(document.activeElement) ?? false
    setMenu(() => UserMenu)
  }
  useEffect(() => {
    if (Menu === null) return
    const button = place.current?.querySelector('button')
    if (asked.current.hasFocus) button?.focus()
    if (asked.current.isPressed) button?.click()
  }, [Menu])
  return (
    <div
      ref={place}
      className="contents"
      {...(Menu === null && {
        onPointerEnter: load,
        onFocus: load,
        onClick: () => {
          asked.current.isPressed = true
          void load()
        },
      })}
    >
      {Menu === null ? props.trigger : <Menu {...props} />}
    </div>
  )
}
