'use client'
import { useQuery } from '@tanstack/react-query'
import { usePathname } from 'next/navigation'
import { type ReactNode, useEffect, useRef } from 'react'
import { SignInAgain } from '@/components/auth/sign-in-again'
import { failureOf } from '@/lib/queries/failure'
import { statusOptions } from '@/lib/queries/status'
import { DemoBanner, EngineBanner, type EngineTrouble, GapBanner } from './banners'
import { BottomBar } from './bottom-bar'
import { DetectorsOffBanner } from './detectors-off-banner'
import { GoKeys } from './go-keys'
import { OutboxHost } from './outbox-host'
import { PaletteHost } from './palette-host'
import { Rail } from './rail'

/** The frame of every signed-in page. */
export function Shell({ children }: { readonly children: ReactNode }) {
  const { data, error } = useQuery(statusOptions())
  const openAlarms = data?.openAlarms ?? null
  // A refusal (the session ended) is an answer; only silence and failure mean that the server is out of reach.
  const isLost = error !== null && (failureOf(error).status === 0 || failureOf(error).status >= 500)
  const trouble: EngineTrouble | null = isLost ? 'unreachable' : data === undefined || data.engine === 'ready' ? null : data.engine
  const main = useMainFocus()
  return (
    <>
      <a
        href="#main"
        className="fixed top-2 left-2 z-80 -translate-y-16 rounded-md bg-accent-fill px-3 py-2 font-medium text-accent-ink no-underline focus-visible:translate-y-0"
      >
        Skip to the content
      </a>
      <Rail openAlarms={openAlarms} />
      <div className="flex min-h-dvh flex-col pb-[calc(var(--bar)+env(safe-area-inset-bottom))] sm:pb-0 sm:pl-(--rail) print:p-0">
        {trouble === null ? null : <EngineBanner trouble={trouble} />}
        {trouble === null ? <GapBanner /> : null}
        <OutboxHost isLost={isLost} />
        {data?.demo ? <DemoBanner /> : null}
        {data === undefined || data.detectorsOff.length === 0 ? null : <DetectorsOffBanner detectors={data.detectorsOff} />}
        <main id="main" ref={main} tabIndex={-1} className="flex min-w-0 flex-1 flex-col outline-none">
          {children}
        </main>
      </div>
      <BottomBar openAlarms={openAlarms} />
      <SignInAgain />
      <GoKeys />
      <PaletteHost />
    </>
  )
}

/** After a navigation the keyboard continues inside the new page, not at the link that was left behind. */
function useMainFocus() {
  const main = useRef<HTMLElement>(null)
  const pathname = usePathname()
  const shown = useRef(pathname)
  useEffect(() => {
    if (shown.current === pathname) return
    shown.current = pathname
    // A page that has already put focus where it wants it keeps it.
    if (!main.current?.contains(document.activeElement)) main.current?.focus({ preventScroll: true })
  }, [pathname])
  return main
}
