import Link from 'next/link'
import { Mark } from '@/components/shell/mark'
import { buttonClass } from '@/components/ui/button-class'

export default function NotFound() {
  return (
    <main className="flex min-h-dvh flex-col items-center justify-center gap-3 px-5 text-center">
      <Mark size={32} />
      <h1 className="m-0 font-semibold text-xl">There is no such page</h1>
      <p className="m-0 max-w-[48ch] text-muted">
        The address may be mistyped. An alarm keeps its address for good, even after the events behind it have expired.
      </p>
      <Link href="/alarms" className={buttonClass('secondary')}>
        Go to the alarms
      </Link>
    </main>
  )
}
