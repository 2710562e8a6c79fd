import { z } from 'zod'
import { BENIGN_FAMILIES } from '@/lib/domain/benign-family'

/** What the names look like when the service made them; `any` when it uses several forms. */
export const NAME_SHAPES = ['any', 'encoded', 'hash', 'reversed-address'] as const

export const catalogueEntrySchema = z.object({
  /** Zone or part of a zone, matched on label boundaries from the right. */
  suffix: z.string().regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/),
  family: z.enum(BENIGN_FAMILIES),
  /** `operator`: only the operator answers below the zone. `tenants`: anyone may rent a host there, but no sub-zone is delegated. */
  holder: z.enum(['operator', 'tenants']),
  shape: z.enum(NAME_SHAPES),
  /** What asks there, and for what. */
  what: z.string().min(5),
  /** Title of the public list or document that names it. */
  source: z.string().min(5),
  /** Day the entry was last checked against its source. */
  checked: z.iso.date(),
})
export type CatalogueEntry = z.infer<typeof catalogueEntrySchema>

export const catalogueSchema = z.object({ about: z.string(), entries: z.array(catalogueEntrySchema) })
