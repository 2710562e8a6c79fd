import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type TemporaryContext, temporaryContext } from '@/lib/server/testing/temporary-context'
import { listViews } from './list-views'
import { removeView } from './remove-view'
import { type SaveView, saveView } from './save-view'

let temporary: TemporaryContext
beforeEach(() => {
  temporary = temporaryContext()
})
afterEach(() => temporary.dispose())

const view = (fields: Partial<SaveView> = {}): SaveView => ({
  name: 'CDN',
  search: 'zone=cdn.example',
  shared: false,
  defaultOf: null,
  ...fields,
})
const namesFor = async (name: string) => (await listViews(temporary.as('analyst', name))).views.map((each) => each.name)

describe('saved views', () => {
  it('are seen by their maker, shared ones by everybody, by name', async () => {
    const ana = temporary.as('analyst', 'Ana')
    await saveView(ana, view())
    await saveView(ana, view({ name: 'All', shared: true }))
    expect([await namesFor('Ana'), await namesFor('Ben')]).toEqual([['All', 'CDN'], ['All']])
  })

  it.each([
    ['a name taken', view()],
    ['a default that is not shared', view({ name: 'x', defaultOf: 'analyst' })],
  ])('refuse %s', async (_name, input) => {
    const admin = temporary.as('admin')
    await saveView(admin, view())
    await expect(saveView(admin, input)).rejects.toMatchObject({ code: 'invalid' })
  })

  it('are a default of a role by an administrator alone, one a role', async () => {
    const shared = { shared: true, defaultOf: 'analyst' } as const
    await expect(saveView(temporary.as('analyst'), view(shared))).rejects.toMatchObject({ code: 'forbidden' })
    await saveView(temporary.as('admin'), view({ ...shared, name: 'first' }))
    await saveView(temporary.as('admin'), view({ ...shared, name: 'second' }))
    const { views } = await listViews(temporary.as('analyst'))
    expect(views.map((each) => [each.name, each.defaultOf])).toEqual([
      ['first', null],
      ['second', 'analyst'],
    ])
  })

  it('are removed by their maker or an administrator', async () => {
    const { view: saved } = await saveView(temporary.as('analyst', 'Ana'), view({ shared: true }))
    const { view: own } = await saveView(temporary.as('analyst', 'Ana'), view({ name: 'own' }))
    await expect(removeView(temporary.as('analyst', 'Ben'), { viewId: saved.id })).rejects.toMatchObject({ code: 'forbidden' })
    await expect(removeView(temporary.as('admin'), { viewId: own.id })).rejects.toMatchObject({ code: 'not-found' })
    await removeView(temporary.as('admin'), { viewId: saved.id })
    await removeView(temporary.as('analyst', 'Ana'), { viewId: own.id })
    expect(await namesFor('Ana')).toEqual([])
  })
})
