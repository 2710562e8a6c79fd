import type { Tool } from '@/lib/domain/alarm'

/** A tool recognised by the names it makes, with what proves it, as the end of a sentence. */
export interface ToolMatch extends Tool {
  readonly proof: string
}
