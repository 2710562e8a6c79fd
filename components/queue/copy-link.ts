import { showToast } from '@/components/ui/toast'
import { type AlarmsSearchParams, serializeAlarmsSearchParams } from '@/lib/url/alarms-search-params'

/** Copies an address that shows the same alarms tomorrow: an open end of the time range is closed at this moment. */
export async function copyLink(params: AlarmsSearchParams): Promise<void> {
  const search = serializeAlarmsSearchParams({ ...params, to: params.to ?? Date.now() })
  try {
    await navigator.clipboard.writeText(`${window.location.origin}/alarms${search}`)
    showToast({ title: 'Link copied', description: 'It shows this list as it is now.' })
  } catch {
    showToast({ title: 'Not copied', description: 'The browser does not allow it here.', tone: 'danger' })
  }
}
