import { PageLoading } from '@/components/shell/page-loading'

export default function AccountLoading() {
  return (
    <PageLoading title="Your account" description="Your name and password, where you are signed in, and how this browser shows Dowser." />
  )
}
