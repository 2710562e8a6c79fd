'use client'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useCurrentUser } from '@/components/shell/current-user'
import { Button } from '@/components/ui/button'
import { ErrorPanel } from '@/components/ui/error-panel'
import { PageHeader } from '@/components/ui/page-header'
import { SkeletonRows } from '@/components/ui/skeleton'
import { failureOf } from '@/lib/queries/failure'
import { userListOptions } from '@/lib/queries/users'
import { AddUserDialog } from './add-user-dialog'
import { UserTable } from './user-table'

export function UserBoard() {
  const [adding, setAdding] = useState(false)
  const { userId } = useCurrentUser()
  const { data, error, isPending, refetch, isRefetching } = useQuery(userListOptions())
  return (
    <>
      <PageHeader
        title="Users"
        description="Who can sign in, and what they may do. The role is checked by the server on every request."
        actions={
          <Button variant="primary" icon="plus" onClick={() => setAdding(true)}>
            Add user
          </Button>
        }
      />
      {error && data === undefined ? (
        <ErrorPanel
          title="The users could not be loaded"
          detail={failureOf(error).detail}
          requestId={failureOf(error).requestId}
          onRetry={() => void refetch()}
          retrying={isRefetching}
        />
      ) : isPending ? (
        <SkeletonRows rows={3} label="Loading the users" />
      ) : (
        <UserTable users={data?.users ?? []} selfId={userId} />
      )}
      <AddUserDialog open={adding} onOpenChange={setAdding} />
    </>
  )
}
