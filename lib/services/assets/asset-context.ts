import type { ServiceContext } from '@/lib/services/context'

export type AssetContext = Pick<ServiceContext, 'actor' | 'now' | 'assets'> & { readonly engine: Pick<ServiceContext['engine'], 'command'> }

/** Tells the running engine. @returns false when it does not run: it reads assets when it starts. */
export async function announceAssets({ engine }: Pick<AssetContext, 'engine'>): Promise<boolean> {
  try {
    await engine.command('assets.reload', {})
    return true
  } catch {
    return false
  }
}
