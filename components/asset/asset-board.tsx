'use client'
import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { useState } from 'react'
import { useRefusal } from '@/components/shell/current-user'
import { Button } from '@/components/ui/button'
import { buttonClass } from '@/components/ui/button-class'
import { EmptyState } from '@/components/ui/empty-state'
import { ErrorPanel } from '@/components/ui/error-panel'
import { PageHeader } from '@/components/ui/page-header'
import { SkeletonRows } from '@/components/ui/skeleton'
import type { Asset } from '@/lib/domain/asset'
import { assetListOptions } from '@/lib/queries/assets'
import { failureOf } from '@/lib/queries/failure'
import { AssetDialog } from './asset-dialog'
import { AssetTable } from './asset-table'
import { ImportDialog } from './import-dialog'
import { OwnZones } from './own-zones'

type Open = { readonly kind: 'none' } | { readonly kind: 'import' } | { readonly kind: 'asset'; readonly asset: Asset | null }

export function AssetBoard() {
  const [open, setOpen] = useState<Open>({ kind: 'none' })
  const { data, error, isPending, refetch, isRefetching } = useQuery(assetListOptions())
  const refusal = useRefusal('asset:manage')
  const close = () => setOpen({ kind: 'none' })
  const actions = (
    <>
      <Button icon="upload" disabledReason={refusal} onClick={() => setOpen({ kind: 'import' })}>
        Import CSV
      </Button>
      <Button variant="primary" icon="plus" disabledReason={refusal} onClick={() => setOpen({ kind: 'asset', asset: null })}>
        Add asset
      </Button>
    </>
  )
  const assets = data?.assets ?? []
  return (
    <>
      <PageHeader
        title="Assets"
        description="Names and roles of your own addresses, networks, hosts and zones. Roles warn and take points off; they hide no alarm, and never excuse a proven tool or a payload that can be read."
        actions={
          <>
            <Link href="/sources" className={buttonClass('ghost')}>
              All sources
            </Link>
            {assets.length === 0 ? null : (
              <a href="/api/v1/assets/export" download className={buttonClass()}>
                Export CSV
              </a>
            )}
            {assets.length === 0 ? null : actions}
          </>
        }
      />
      {error && data === undefined ? (
        <ErrorPanel
          title="The assets could not be loaded"
          detail={failureOf(error).detail}
          requestId={failureOf(error).requestId}
          onRetry={() => void refetch()}
          retrying={isRefetching}
        />
      ) : isPending ? (
        <SkeletonRows rows={4} label="Loading the assets" />
      ) : assets.length === 0 ? (
        <EmptyState kind="first" title="No asset is known yet" actions={actions}>
          Say which addresses are resolvers, mail servers, scanners and monitoring: alarms then warn when a resolver hides the real client,
          and expected look-ups rank lower. Without a list nothing changes.
        </EmptyState>
      ) : (
        <AssetTable assets={assets} refusal={refusal} onEdit={(asset) => setOpen({ kind: 'asset', asset })} />
      )}
      {data === undefined ? null : (
        <div className="mt-8">
          <OwnZones assets={assets} refusal={refusal} />
        </div>
      )}
      <AssetDialog
        key={open.kind === 'asset' ? (open.asset?.key ?? 'new') : 'closed'}
        open={open.kind === 'asset'}
        asset={open.kind === 'asset' ? open.asset : null}
        onClose={close}
      />
      <ImportDialog key={`import-${open.kind === 'import'}`} open={open.kind === 'import'} onClose={close} />
    </>
  )
}
