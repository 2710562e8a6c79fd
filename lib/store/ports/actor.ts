import type { Role } from '@/lib/domain/permission'

export interface Actor {
  readonly userId: string
  readonly name: string
  readonly role: Role
}
