import { isRole } from '@/lib/domain/permission'
import type { Actor } from '@/lib/store/ports'

/** What an upload carries beside its bytes: of what the sender says the name and the file's date, and who sends it. */
type Metadata = Record<string, string | null>

interface Carrier {
  readonly metadata?: Metadata | undefined
}

/** Longest file name that is kept; it is shown, never used as a path. */
const MAX_NAME = 255

/** @param said - by the sender: only what is known is taken over. */
export function metadataFor(said: Metadata | undefined, by: Actor): Metadata {
  const modified = Number(said?.modified ?? Number.NaN)
  return {
    filename: (said?.filename ?? '').trim().slice(0, MAX_NAME) || 'upload',
    ...(Number.isSafeInteger(modified) && { modified: String(modified) }),
    ...{ userId: by.userId, userName: by.name, userRole: by.role },
  }
}

/** Who began the upload; null for a file that this program did not make. */
export function actorOf({ metadata }: Carrier): Actor | null {
  const { userId, userName, userRole } = metadata ?? {}
  return userId && userName && isRole(userRole) ? { userId, name: userName, role: userRole } : null
}

export const nameOf = ({ metadata }: Carrier): string => metadata?.filename ?? 'upload'

export function modifiedOf({ metadata }: Carrier): number | null {
  const modified = metadata?.modified
  return modified ? Number(modified) : null
}
