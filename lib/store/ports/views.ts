import type { SavedView } from '@/lib/domain/saved-view'

export interface ViewStore {
  /** What the person sees: their own and the shared ones, by name. */
  list(userId: string): Promise<readonly SavedView[]>
  find(id: string): Promise<SavedView | null>
  /** Saves it; another default of the same role stops being one. */
  save(view: SavedView): Promise<void>
  remove(id: string): Promise<void>
}
