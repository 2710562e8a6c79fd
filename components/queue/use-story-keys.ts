'use client'

import { useCurrentUser } from '@/components/shell/current-user'
import type { Story } from '@/lib/domain/story'
import type { AlarmListFilter } from '@/lib/queries/alarms'
import type { Bulk } from './use-bulk'

interface StoryKeysOptions {
  readonly bulk: Bulk
  readonly filter: AlarmListFilter
  /** The story under the cursor. */
  readonly story: Story | null
}

/** Decisions on a story: its alarms under the filter are frozen first, and the sheet opens on exactly those. */
export function useStoryKeys({ bulk, filter, story }: StoryKeysOptions) {
  const { userId } = useCurrentUser()

  async function actOn(target: Story, key: string): Promise<void> {
    const { sort: _sort, ...matching } = filter
    const frozen = await bulk.selection.freeze({ ...matching, story: target.key }, target.name)
    if (frozen === null) return
    if (key === 'e') bulk.show('close')
    else if (key === 's') bulk.show('escalate')
    else if (key === 'f') bulk.show('allow')
    else if (key === 'n') bulk.show('note')
    else if (key === 'a') bulk.show('assign')
    else if (key === 'm') await bulk.decide({ selectionId: frozen.selection.id }, { kind: 'assign', ownerId: userId })
  }

  return {
    /** @returns true when the key was the story's. */
    press: (key: string): boolean => {
      if (key === 'Escape' && bulk.selection.count > 0) bulk.selection.clear()
      else if (story !== null && bulk.mayDecide && ['e', 's', 'f', 'n', 'a', 'm', 'x'].includes(key)) void actOn(story, key)
      else return false
      return true
    },
  }
}
