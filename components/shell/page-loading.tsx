import type { ReactNode } from 'react'
import { PageFrame, PageHeader } from '@/components/ui/page-header'
import { SkeletonRows } from '@/components/ui/skeleton'

interface PageLoadingProps {
  readonly title: string
  readonly description?: string
  readonly children?: ReactNode
}

/** Title at once, rows of the final height below it. */
export function PageLoading({ title, description, children }: PageLoadingProps) {
  return (
    <PageFrame>
      <PageHeader title={title} description={description} />
      {children ?? <SkeletonRows label={`Loading: ${title}`} />}
    </PageFrame>
  )
}
