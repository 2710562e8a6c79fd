import type { Metadata } from 'next'
import { PageFrame, PageHeader } from '@/components/ui/page-header'
import { Controls } from './controls'
import { Overlays } from './overlays'
import { Taste } from './taste'
import { Words } from './words'

export const metadata: Metadata = { title: 'Primitives' }

/** Every primitive of components/ui in its states. While developing only: a build knows no `page.dev.tsx` (see next.config.js). */
export default function PrimitivesPage() {
  return (
    <main>
      <PageFrame>
        <PageHeader
          title="Primitives"
          description="components/ui in its states. This page exists while developing only."
          actions={<Taste />}
        />
        <Controls />
        <Words />
        <Overlays />
      </PageFrame>
    </main>
  )
}
