import type { ReactNode } from 'react'
import type { Density } from '@/components/shell/density'
import type { Theme } from '@/components/shell/theme'
import { NameForm } from './name-form'
import { PasswordForm } from './password-form'
import { SessionList } from './session-list'
import { TasteForm } from './taste-form'

interface AccountBoardProps {
  /** As the cookies say, so that the first paint has the right ones chosen. */
  readonly theme: Theme
  readonly density: Density
}

/** The account in four parts, each saved by itself. */
export function AccountBoard({ theme, density }: AccountBoardProps) {
  return (
    <div className="flex flex-col">
      <Part title="Name" about="Colleagues see it beside what you decide from now on.">
        <NameForm />
      </Part>
      <Part title="Password" about="At least 12 characters; a few words do well.">
        <PasswordForm />
      </Part>
      <Part title="Signed in" about="Sign-ins that hold. End one you do not know, then change the password.">
        <SessionList />
      </Part>
      <Part title="This browser" about="Kept in this browser, and right from the first paint.">
        <TasteForm initialTheme={theme} initialDensity={density} />
      </Part>
    </div>
  )
}

function Part({ title, about, children }: { readonly title: string; readonly about: string; readonly children: ReactNode }) {
  return (
    <section aria-label={title} className="grid gap-x-8 gap-y-3 border-line border-t py-5 md:grid-cols-[15rem_minmax(0,1fr)]">
      <div>
        <h2 className="m-0 font-semibold text-lg">{title}</h2>
        <p className="m-0 mt-0.5 text-muted text-sm">{about}</p>
      </div>
      <div className="min-w-0 max-w-2xl">{children}</div>
    </section>
  )
}
