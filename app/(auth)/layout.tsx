import { Mark } from '@/components/shell/mark'

export default function AuthLayout({ children }: LayoutProps<'/'>) {
  return (
    <main className="flex min-h-dvh flex-col items-center justify-center px-5 py-10">
      <div className="w-full max-w-[360px]">
        <p className="m-0 mb-8 flex items-center gap-2.5 font-semibold text-xl tracking-tight">
          <Mark size={28} />
          Dowser
        </p>
        {children}
      </div>
    </main>
  )
}
