import { z } from 'zod'
import data from './attack/techniques.json'

const techniqueId = z.string().regex(/^T\d{4}(\.\d{3})?$/)

const techniqueSchema = z
  .object({
    id: techniqueId,
    name: z.string(),
    /** Short names, as the Navigator's layer format writes them. */
    tactics: z.array(z.string()).min(1),
    /** One sentence of our own; the description is MITRE's and stays on its page. */
    summary: z.string(),
    url: z.url(),
  })
  .readonly()
export type Technique = z.infer<typeof techniqueSchema>

const tacticSchema = z.object({ id: z.string().regex(/^TA\d{4}$/), shortName: z.string(), name: z.string() }).readonly()
export type Tactic = z.infer<typeof tacticSchema>

const attackSchema = z.object({
  version: z.string(),
  released: z.iso.date(),
  domain: z.string(),
  tactics: z.array(tacticSchema),
  techniques: z.array(techniqueSchema),
})

const attack = attackSchema.parse(data)
const byId = new Map(attack.techniques.map((technique) => [technique.id, technique]))

/** Version of MITRE ATT&CK that ids, names and tactics were taken from, and the day it was released. */
export const ATTACK_VERSION = attack.version
export const ATTACK_RELEASED = attack.released
/** `domain` of a Navigator layer. */
export const ATTACK_DOMAIN = attack.domain

/** MITRE's copyright designation; its licence asks for it wherever ATT&CK is shown. */
export const ATTACK_NOTICE =
  '© 2025 The MITRE Corporation. This work is reproduced and distributed with the permission of The MITRE Corporation.'

/** Tactics in the order of the matrix; only those that a technique below belongs to. */
export const tactics: readonly Tactic[] = attack.tactics

/** The techniques that DNS tunnels and their neighbours touch, in order of id; not all of ATT&CK. */
export const techniques: readonly Technique[] = attack.techniques

/** @returns null when the technique is not among the curated ones. */
export const findTechnique = (id: string): Technique | null => byId.get(id) ?? null

/** @returns the technique a sub-technique belongs to; null for a technique that is none. */
export function parentTechnique(id: string): Technique | null {
  const dot = id.indexOf('.')
  return dot < 0 ? null : findTechnique(id.slice(0, dot))
}

/** `Application Layer Protocol: DNS`; the name alone for a technique without parent, the id for an unknown one. */
export function techniqueTitle(id: string): string {
  const own = findTechnique(id)?.name
  if (own === undefined) return id
  const parent = parentTechnique(id)
  return parent === null ? own : `${parent.name}: ${own}`
}
