import { z } from 'zod'

/** What an account's fields may hold, whichever way it is made. */
export const userNameSchema = z.string().trim().min(1).max(100)
export const userEmailSchema = z.email()
/** Also the limits of the sign-in itself. */
export const passwordSchema = z.string().min(12).max(200)
