/** One line of what the doctor found. */
export interface Finding {
  readonly isFine: boolean
  readonly subject: string
  readonly text: string
}

export const fine = (subject: string, text: string): Finding => ({ isFine: true, subject, text })
export const wrong = (subject: string, text: string): Finding => ({ isFine: false, subject, text })
