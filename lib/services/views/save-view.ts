import type { Role } from '@/lib/domain/permission'
import type { SavedView } from '@/lib/domain/saved-view'
import { requirePermission, type ServiceContext } from '@/lib/services/context'
import { ServiceError } from '@/lib/services/errors'

export interface SaveView {
  readonly name: string
  readonly search: string
  readonly shared: boolean
  /** Only an administrator decides what others start with. */
  readonly defaultOf: Role | null
}

const MOST_VIEWS = 50

/** Saves the queue's address under a name, for oneself or for everybody. */
export async function saveView(ctx: ServiceContext, input: SaveView): Promise<{ view: SavedView }> {
  requirePermission(ctx, 'alarm:read')
  if (input.shared) requirePermission(ctx, 'view:share')
  if (input.defaultOf !== null) requirePermission(ctx, 'user:manage')
  const { userId, name: byName } = ctx.actor
  const own = (await ctx.views.list(userId)).filter((view) => view.byUserId === userId)
  refuse(input, own)
  const view: SavedView = { id: ctx.newId(), ...input, byUserId: userId, byName, createdAt: ctx.now() }
  await ctx.views.save(view)
  if (view.shared) {
    const detail = view.defaultOf === null ? view.name : `${view.name}, default of ${view.defaultOf}`
    await ctx.audit.append({ at: view.createdAt, by: ctx.actor, action: 'view.shared', entity: 'view', entityId: view.id, detail })
  }
  return { view }
}

function refuse({ name, shared, defaultOf }: SaveView, own: readonly SavedView[]): void {
  const bad: { path: string; message: string }[] = []
  if (own.some((view) => view.name === name)) bad.push({ path: 'name', message: 'you have a view of this name already' })
  if (own.length >= MOST_VIEWS) bad.push({ path: 'name', message: `you have ${MOST_VIEWS} views; remove one first` })
  if (defaultOf !== null && !shared) bad.push({ path: 'defaultOf', message: 'only a shared view can be a default' })
  if (bad.length > 0) throw new ServiceError('invalid', bad.map((field) => `${field.path}: ${field.message}`).join('; '), bad)
}
