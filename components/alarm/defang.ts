export { defang } from '@/lib/domain/inert-text'
